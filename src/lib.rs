//! Tutti: where the departments of a company take a product to market together.
