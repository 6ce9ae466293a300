using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A connection that ended before the server said anything of TLS.</summary>
internal static class ClosedDoor
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1100);

    /// <summary>Lets a limiter that counts connections a second forget the ones before, and a fragile server start again.</summary>
    public static async Task PauseAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var forbearance = await Forbearance.OfAsync(endpoint, context, cancellationToken);
        if (!forbearance.IsExhausted)
        {
            await forbearance.PauseAsync(Pause, cancellationToken);
        }
    }
}
