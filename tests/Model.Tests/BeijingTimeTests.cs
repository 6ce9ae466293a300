namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class BeijingTimeTests
{
    [Theory]
    [InlineData("2026-06-01T15:59:59Z", "2026-06-01")]
    [InlineData("2026-06-01T16:00:00Z", "2026-06-02")]
    [InlineData("2026-06-02T00:00:00+08:00", "2026-06-02")]
    [InlineData("2026-06-01T09:00:00-07:00", "2026-06-02")]
    [InlineData("2025-12-31T23:00:00Z", "2026-01-01")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01")]
    public void An_instant_falls_on_the_day_people_in_China_write_then(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day), BeijingTime.DayOf(DateTimeOffset.Parse(instant)));

    [Fact]
    public void A_clock_on_the_wall_and_its_instant_are_each_others_answer()
    {
        var noon = new DateTime(2026, 6, 1, 12, 30, 15, DateTimeKind.Unspecified);
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 4, 30, 15, TimeSpan.Zero), BeijingTime.InstantOf(noon));
        Assert.Equal(noon, BeijingTime.ClockOf(BeijingTime.InstantOf(noon)!.Value));
        Assert.Null(BeijingTime.InstantOf(DateTime.MinValue));
    }
}
