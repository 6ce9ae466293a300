namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Command lines of a unit as systemd takes them (systemd.service(5)): one reading for every service.</summary>
internal static class StartLines
{
    private static readonly char[] Signs = ['-', '@', ':', '+', '!'];

    /// <summary>Lines of one setting that hold: an empty one takes those before it away. The text is the value.</summary>
    /// <param name="lines">Of the part of the unit.</param>
    /// <param name="key">Such as <c>ExecStart</c>.</param>
    public static IReadOnlyList<ConfigLine> Held(IReadOnlyList<ConfigLine> lines, string key)
    {
        var held = new List<ConfigLine>();
        foreach (var line in lines)
        {
            var (name, value) = ServiceStart.Pair(line.Text);
            if (name == key && value.Length == 0)
            {
                held.Clear();
            }
            else if (name == key)
            {
                held.Add(line with { Text = value });
            }
        }

        return held;
    }

    /// <summary>Without the signs that say how the program is started.</summary>
    public static string Bare(string value) => value.TrimStart(Signs);

    /// <summary>Its words; null where a character is written by its number or letter, which is not read.</summary>
    /// <param name="value">A value of those that hold.</param>
    public static List<string>? Words(string value) => StartVariables.HasEscape(value) ? null : [.. ServiceStart.Quoted(Bare(value))];
}
