//! Goals: the strategy in versions, and the picture that leads from the vision to the figures.

mod pyramid;
mod strategy;
