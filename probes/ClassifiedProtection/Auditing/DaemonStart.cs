namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>The unit of a daemon with its drop-ins (systemd.unit(5)), and the words it is started with.</summary>
internal sealed class DaemonStart
{
    private readonly HostSnapshot _snapshot;
    private readonly IReadOnlyList<ConfigLine> _unit;
    private readonly IReadOnlyList<ConfigLine> _service;

    private DaemonStart(HostSnapshot snapshot, string unit)
    {
        _snapshot = snapshot;
        _unit = UnitFiles.Named(snapshot, unit, "[Unit]");
        _service = UnitFiles.Named(snapshot, unit, "[Service]");
    }

    /// <param name="snapshot">Of the host.</param>
    /// <param name="unit">auditd.service.</param>
    public static DaemonStart Of(HostSnapshot snapshot, string unit) => new(snapshot, unit);

    /// <summary>Lines of one setting that hold: an empty one takes those before it away. The text is the value.</summary>
    public IReadOnlyList<ConfigLine> Values(string key)
    {
        var values = new List<ConfigLine>();
        foreach (var line in _service.Where(l => l.Text.StartsWith(key, StringComparison.Ordinal) && l.Text[key.Length..].TrimStart().StartsWith('=')))
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

    /// <summary>A switch of the part about the unit; what is neither yes nor no to systemd sets nothing.</summary>
    public bool IsOn(string key) => _unit.Where(l => l.Text.Split('=')[0].Trim() == key).Select(l => l.Text[(l.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant())
        .LastOrDefault(v => v is "1" or "yes" or "y" or "true" or "t" or "on" or "0" or "no" or "n" or "false" or "f" or "off") is "1" or "yes" or "y" or "true" or "t" or "on";

    /// <summary>Another unit is named.</summary>
    public bool Mentions(string unit) => _unit.Concat(_service).Any(l => l.Text.Contains(unit, StringComparison.Ordinal));

    /// <summary>Words of ExecStart with the variables of its files, and what is not understood. Both are empty where there is no unit.</summary>
    public (IReadOnlyList<(string Word, ConfigLine Line)> Words, IReadOnlyList<Sighting> Faults) Start()
    {
        var (words, faults) = (new List<(string, ConfigLine)>(), _service.Where(l => ServiceStart.IsUnseen(ServiceStart.Pair(l.Text).Key)).Select(l => new Sighting($"{ServiceStart.Pair(l.Text).Key} 使服务看到的文件或变量与主机的不同", l.Place)).ToList());
        foreach (var line in Values("ExecStart"))
        {
            foreach (var word in ServiceStart.Quoted(line.Text.TrimStart('-', '@', ':', '+', '!')))
            {
                if (!word.Contains('$', StringComparison.Ordinal))
                {
                    words.Add((word, line));
                }
                else if (word.Trim('$', '{', '}') is var name && !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                {
                    faults.Add(new Sighting($"启动参数 {(word.Length > 60 ? word[..60] : word)} 里的变量读不懂", line.Place));
                }
                else if (Value(name, faults) is { } value)
                {
                    words.AddRange(ServiceStart.Quoted(value.Text).Select(w => (w, value)));
                }
            }
        }

        return (words, faults);
    }

    /// <summary>What a variable is in the unit's own lines or the files it names; null where nothing sets it.</summary>
    private ConfigLine? Value(string name, List<Sighting> faults)
    {
        var (found, hidden) = (default(ConfigLine), default(ConfigLine));
        foreach (var line in Values("Environment"))
        {
            var isHidden = line.Text.Contains(Kept.Mark, StringComparison.Ordinal);
            var own = isHidden ? null : ServiceStart.Quoted(line.Text).LastOrDefault(w => w.StartsWith(name + "=", StringComparison.Ordinal));
            (found, hidden) = isHidden ? (null, line) : own is null ? (found, hidden) : (line with { Text = own[(name.Length + 1)..] }, null);
        }

        foreach (var file in Values("EnvironmentFile"))
        {
            var path = file.Text.TrimStart('-');
            var state = _snapshot.Find(path).State;
            if (state is not (FileState.Read or FileState.Missing) || GlobPattern.HasWildcard(path))
            {
                faults.Add(new Sighting($"启动参数取自 {path}，没有收集", file.Place));
            }

            var goesOn = false;
            foreach (var line in state == FileState.Read ? _snapshot.Lines(path)!.Where(l => l.Text.Trim() is not ("" or ['#' or ';', ..])) : [])
            {
                var text = line.Text.Trim();
                (var isContinued, goesOn) = (goesOn, text.EndsWith('\\'));
                if (text.StartsWith(name + "=", StringComparison.Ordinal) && !isContinued && !goesOn)
                {
                    (found, hidden) = (line with { Text = text[(name.Length + 1)..].Trim('"', '\'') }, null);
                }
                else if (text.Contains(name, StringComparison.Ordinal) || text == Kept.Mark)
                {
                    hidden = line;
                }
            }
        }

        faults.AddRange(hidden is null ? [] : [new Sighting($"启动参数 {name} 的值没有收集或读不懂", hidden.Place)]);
        return found;
    }
}
