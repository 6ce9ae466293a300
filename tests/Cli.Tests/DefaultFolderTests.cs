namespace SmartCity.SecurityCheck.Cli.Tests;

public sealed class DefaultFolderTests
{
    [Fact]
    public void A_pack_is_named_by_the_clock_people_in_China_look_at_on_whatever_machine() =>
        Assert.Equal(Path.Combine("packs", "portal-20260602-003005"), RunExecution.DefaultFolder("portal", new NightInBeijing()));

    private sealed class NightInBeijing : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 16, 30, 5, TimeSpan.Zero);
    }
}
