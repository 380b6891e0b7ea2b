health-on-track = On track
health-at-risk = At risk
health-off-track = Off track
health-not-started = Not started
