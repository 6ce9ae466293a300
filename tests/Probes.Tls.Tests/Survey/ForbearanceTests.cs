namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What a port has wasted may not be added to by our own waiting.</summary>
public sealed class ForbearanceTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nobody_pauses_for_a_port_that_will_not_be_asked_again()
    {
        var forbearance = new Forbearance(TimeProvider.System);
        forbearance.Waste(Forbearance.Total + TimeSpan.FromSeconds(1));

        await forbearance.PauseAsync(TimeSpan.FromHours(1), CancellationToken.None).WaitAsync(Generous);

        Assert.True(forbearance.IsExhausted);
    }

    [Fact]
    public async Task A_pause_ends_when_the_time_of_the_port_does()
    {
        var forbearance = new Forbearance(TimeProvider.System);
        forbearance.Waste(Forbearance.Total - TimeSpan.FromMilliseconds(200));

        await forbearance.PauseAsync(TimeSpan.FromHours(1), CancellationToken.None).WaitAsync(Generous);

        Assert.True(forbearance.Left < TimeSpan.FromMilliseconds(200));
    }
}
