//! Goals: the strategy in versions, objectives and key results, their split, what was reached, and the picture that leads from
//! the vision to the figures.

mod again;
mod checkins;
mod drafted;
mod drafts;
mod gates;
mod kpis;
mod measured;
mod money;
mod money_alarm;
mod outage;
mod pool;
mod pyramid;
mod setting;
mod signing;
mod split;
mod strategy;
