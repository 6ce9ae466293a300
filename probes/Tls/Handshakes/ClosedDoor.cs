namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A connection that ended before the server said anything of TLS.</summary>
internal static class ClosedDoor
{
    /// <summary>Lets a limiter that counts connections a second forget the ones before, and a fragile server start again.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(1100);
}
