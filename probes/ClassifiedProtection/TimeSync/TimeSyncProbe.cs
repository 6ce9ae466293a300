using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Where the host has its time from.</summary>
public sealed record TimeSyncSettings
{
    /// <summary>server, pool and peer lines but those that name this host or its own clock, and NTP= of timesyncd.</summary>
    [Description("时钟源")]
    public Fact<IReadOnlyList<Sighting>> Sources { get; init; }

    /// <summary>Missing where the running system could not be asked.</summary>
    [Description("已同步")]
    public Fact<bool> Synchronised { get; init; }

    [Description("容器")]
    public Fact<bool> InContainer { get; init; }
}

/// <summary>chrony, ntpd and systemd-timesyncd.</summary>
public sealed class TimeSyncProbe : HostProbe<TimeSyncSettings>
{
    private static readonly string[] Words = ["server", "pool", "peer"];

    public override ProbeManifest Manifest { get; } = About("time-sync", "时间同步", "时间从哪里来，是否已同步？");

    internal override Seen<TimeSyncSettings> Read(HostSnapshot snapshot)
    {
        var (chrony, isWhole) = ChronyFiles.Of(snapshot);
        var servers = chrony.Concat(snapshot.LinesOf("/etc/ntp.conf", "/etc/ntpsec/ntp.conf"))
            .Where(l => l.Text.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var word, var source, ..] && Words.Any(w => w == word) && !OwnHost.Is(source)).ToList();
        var timesyncd = snapshot.LinesOf("/etc/systemd/timesyncd.conf", "/etc/systemd/timesyncd.conf.d/*.conf")
            .Where(l => l.Text.StartsWith("NTP=", StringComparison.Ordinal) && l.Text.Trim().Length > 4).ToList();
        var settings = new TimeSyncSettings
        {
            Sources = isWhole || servers.Count + timesyncd.Count > 0 ? new([
                .. servers.Select(l => new Sighting(l.Text.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], l.Place)),
                .. timesyncd.Select(l => new Sighting(l.Text[4..].Trim(), l.Place)),
            ]) : default(Fact<IReadOnlyList<Sighting>>),
            Synchronised = Synchronised(snapshot),
            InContainer = snapshot.Find("/.dockerenv").Exists || snapshot.Find("/run/.containerenv").Exists,
        };
        return new(settings, [.. servers, .. timesyncd]);
    }

    private static Fact<bool> Synchronised(HostSnapshot snapshot)
    {
        if (snapshot.Command("chrony") is { ExitCode: 0 } chrony)
        {
            return chrony.Lines.Any(l => l.Length > 1 && l[0] is ('^' or '#') && l[1] == '*');
        }

        var line = snapshot.Command("time-sync") is { ExitCode: 0 } said ? said.Lines.FirstOrDefault(l => l.StartsWith("NTPSynchronized=", StringComparison.Ordinal)) : null;
        return line is null ? default(Fact<bool>) : line == "NTPSynchronized=yes";
    }
}
