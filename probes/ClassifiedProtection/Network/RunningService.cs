using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whether a service runs: by systemd where it answers, else by the names of processes. That it would start with the machine says nothing of now.</summary>
internal static class RunningService
{
    /// <param name="snapshot">Of the host.</param>
    /// <param name="units">Of the host.</param>
    /// <param name="unit">With its suffix.</param>
    /// <param name="process">Name of its process, of which Linux keeps fifteen characters.</param>
    /// <returns>Missing where nobody can say.</returns>
    public static Fact<bool> Of(HostSnapshot snapshot, Units units, string unit, string process)
    {
        if (units.IsActive(unit) is { IsKnown: true } active)
        {
            return active;
        }

        if (snapshot.Command("processes") is not { ExitCode: 0 } listed)
        {
            return default;
        }

        var rows = listed.Lines.Skip(1).Select(l => l.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries)).Where(r => r.Length == 2).ToList();
        return rows.Exists(r => r[1].Trim() == process) ? true : SeesAll(snapshot, rows) ? false : default(Fact<bool>);
    }

    /// <summary>With hidepid people see their own processes alone.</summary>
    private static bool SeesAll(HostSnapshot snapshot, List<string[]> rows) =>
        snapshot.Command("user")?.Text.Trim() == "0" || rows.DistinctBy(r => r[0], StringComparer.Ordinal).Skip(1).Any();
}
