-- A month's activities are a range of their place's (activities_by_place).
DROP INDEX activities_by_month;
