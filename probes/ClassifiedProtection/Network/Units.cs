using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Units of systemd as systemctl lists them.</summary>
internal sealed class Units
{
    private readonly Dictionary<string, string> _states;
    private readonly HashSet<string>? _active;

    private Units(Dictionary<string, string> states, HashSet<string>? active)
    {
        _states = states;
        _active = active;
    }

    /// <summary>Services and sockets that start with the machine, by their own or by a socket.</summary>
    public IReadOnlyList<string> Enabled => [.. _states.Where(s => s.Value is "enabled" or "enabled-runtime").Select(s => s.Key).Order(StringComparer.Ordinal)];

    /// <summary>Null where systemctl did not answer.</summary>
    public static Units? Of(HostSnapshot snapshot)
    {
        if (snapshot.Command("units") is not { ExitCode: 0 } listed || listed.Lines.Count == 0)
        {
            return null;
        }

        var states = listed.Lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 2)
            .DistinctBy(w => w[0], StringComparer.Ordinal).ToDictionary(w => w[0], w => w[1], StringComparer.Ordinal);
        var active = snapshot.Command("units-active") is { ExitCode: 0 } running
            ? running.Lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 3 && w[2] == "active").Select(w => w[0]).ToHashSet(StringComparer.Ordinal)
            : null;
        return new Units(states, active);
    }

    public Fact<bool> IsEnabled(string unit) => _states.GetValueOrDefault(unit) is "enabled" or "enabled-runtime" or "static" or "alias";

    /// <summary>Missing where the host has no running systemd, as in containers.</summary>
    public Fact<bool> IsActive(string unit) => _active is null ? default(Fact<bool>) : _active.Contains(unit);
}
