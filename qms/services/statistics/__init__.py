"""Statistics: what happened on some days, counted per branch, queue, agent, hour and weekday."""
