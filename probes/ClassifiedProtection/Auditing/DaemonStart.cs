using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>The unit of a daemon with its drop-ins (systemd.unit(5)), and the words it is started with.</summary>
internal sealed partial class DaemonStart
{
    private readonly HostSnapshot _snapshot;
    private readonly IReadOnlyList<ConfigLine> _lines;

    private DaemonStart(HostSnapshot snapshot, IReadOnlyList<ConfigLine> lines)
    {
        _snapshot = snapshot;
        _lines = lines;
    }

    /// <param name="snapshot">Of the host.</param>
    /// <param name="unit">auditd.service.</param>
    public static DaemonStart Of(HostSnapshot snapshot, string unit) => new(snapshot, UnitFiles.Named(snapshot, unit));

    /// <summary>Lines of one setting that hold: an empty one takes those before it away. The text is the value.</summary>
    public IReadOnlyList<ConfigLine> Values(string key)
    {
        var values = new List<ConfigLine>();
        foreach (var line in _lines.Where(l => l.Text.StartsWith(key, StringComparison.Ordinal) && l.Text[key.Length..].TrimStart().StartsWith('=')))
        {
            var value = line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            if (value.Length == 0)
            {
                values.Clear();
            }
            else
            {
                values.Add(line with { Text = value });
            }
        }

        return values;
    }

    /// <summary>Another unit is named.</summary>
    public bool Mentions(string unit) => _lines.Any(l => l.Text.Length > 0 && l.Text[0] is not ('#' or ';') && l.Text.Contains(unit, StringComparison.Ordinal));

    /// <summary>Words of ExecStart with the variables of its files, and what is not understood. Both are empty where there is no unit.</summary>
    public (IReadOnlyList<(string Word, ConfigLine Line)> Words, IReadOnlyList<Sighting> Faults) Start()
    {
        var (words, faults) = (new List<(string, ConfigLine)>(), new List<Sighting>());
        foreach (var line in Values("ExecStart"))
        {
            foreach (var word in Word().Matches(line.Text.TrimStart('-', '@', ':', '+', '!')).Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal)))
            {
                if (!word.Contains('$', StringComparison.Ordinal))
                {
                    words.Add((word, line));
                }
                else if (Value(word.Trim('$', '{', '}'), faults) is { } value)
                {
                    words.AddRange(Word().Matches(value.Text).Select(m => (m.Value.Replace("\"", "", StringComparison.Ordinal), value)));
                }
            }

            if (line.Text.EndsWith('\\'))
            {
                faults.Add(new Sighting("单元的续行没有读", line.Place));
            }
        }

        return (words, faults);
    }

    /// <summary>What a variable is in the unit's own lines or the files it names; null where nothing sets it.</summary>
    private ConfigLine? Value(string name, List<Sighting> faults)
    {
        var found = Values("Environment").SelectMany(l => Word().Matches(l.Text).Select(m => l with { Text = m.Value.Replace("\"", "", StringComparison.Ordinal) }))
            .LastOrDefault(l => l.Text.StartsWith(name + "=", StringComparison.Ordinal)) is { } own ? own with { Text = own.Text[(name.Length + 1)..] } : null;
        faults.AddRange(Values("Environment").Where(l => found is null && l.Text.Contains("已遮盖", StringComparison.Ordinal)).Select(l => new Sighting($"启动参数 {name} 的值没有收集", l.Place)));
        foreach (var file in Values("EnvironmentFile"))
        {
            var path = file.Text.TrimStart('-');
            var state = _snapshot.Find(path).State;
            if (state is not (FileState.Read or FileState.Missing))
            {
                faults.Add(new Sighting($"启动参数取自 {path}，没有收集", file.Place));
            }

            foreach (var line in state == FileState.Read ? _snapshot.Lines(path)! : [])
            {
                if (line.Text.Trim().StartsWith(name + "=", StringComparison.Ordinal))
                {
                    found = line with { Text = line.Text.Trim()[(name.Length + 1)..].Trim('"', '\'') };
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"(""[^""]*""|[^\s""])+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
