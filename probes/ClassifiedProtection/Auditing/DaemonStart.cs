using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>The unit of a daemon with its drop-ins (systemd.unit(5)), and the words it is started with.</summary>
internal sealed class DaemonStart
{
    private readonly HostSnapshot _snapshot;
    private readonly string _name;
    private readonly IReadOnlyList<ConfigLine> _unit;
    private readonly IReadOnlyList<ConfigLine> _service;

    private DaemonStart(HostSnapshot snapshot, string unit)
    {
        (_snapshot, _name) = (snapshot, unit);
        _unit = UnitFiles.Named(snapshot, unit, "[Unit]");
        _service = UnitFiles.Named(snapshot, unit, "[Service]");
    }

    /// <param name="snapshot">Of the host.</param>
    /// <param name="unit">auditd.service.</param>
    public static DaemonStart Of(HostSnapshot snapshot, string unit) => new(snapshot, unit);

    /// <summary>Lines of one setting that hold: an empty one takes those before it away. The text is the value.</summary>
    public IReadOnlyList<ConfigLine> Values(string key) => StartLines.Held(_service, key);

    /// <summary>A switch of the part about the unit; what is neither yes nor no to systemd sets nothing.</summary>
    public bool IsOn(string key) => _unit.Where(l => l.Text.Split('=')[0].Trim() == key).Select(l => l.Text[(l.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant())
        .LastOrDefault(v => v is "1" or "yes" or "y" or "true" or "t" or "on" or "0" or "no" or "n" or "false" or "f" or "off") is "1" or "yes" or "y" or "true" or "t" or "on";

    /// <summary>Another unit is started with it: an order of both (After, Before) starts nothing.</summary>
    public bool Starts(string unit) => _unit.Select(l => ServiceStart.Pair(l.Text)).Any(p => p.Key is "Wants" or "Requires" && p.Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Contains(unit, StringComparer.Ordinal));

    /// <summary>Words of ExecStart with the variables of its files, and what is not understood. Both are empty where there is no unit.</summary>
    public (IReadOnlyList<(string Word, ConfigLine Line)> Words, IReadOnlyList<Sighting> Faults) Start()
    {
        var (words, faults) = (new List<(string, ConfigLine)>(), _service.Where(l => ServiceStart.IsUnseen(ServiceStart.Pair(l.Text).Key)).Select(l => new Sighting($"{ServiceStart.Pair(l.Text).Key} 使服务看到的文件或变量与主机的不同", l.Place)).ToList());
        var said = Values("ExecStart").SelectMany(l => (StartLines.Words(l.Text) ?? []).Select(w => (Word: w, Line: l))).ToList();
        faults.AddRange(Values("ExecStart").Where(l => StartLines.Words(l.Text) is null || Kept.GoesOn(l.Text)).Select(l => new Sighting("启动命令里有转义字符或续行，读不懂", l.Place)));
        var names = said.Where(w => IsVariable(w.Word)).Select(w => Name(w.Word)).Distinct(StringComparer.Ordinal).ToList();
        var variables = names.Count == 0 ? null : Variables(names, said.First(w => IsVariable(w.Word)).Line, faults);
        foreach (var (word, line) in said)
        {
            if (!word.Contains('$', StringComparison.Ordinal))
            {
                words.Add((word, line));
            }
            else if (!IsVariable(word))
            {
                faults.Add(new Sighting($"启动参数 {(word.Length > 60 ? word[..60] : word)} 里的变量读不懂", line.Place));
            }
            else if (variables is not null && Value(variables, Name(word), line, faults) is { } value)
            {
                words.AddRange(ServiceStart.Quoted(value.Text).Select(w => (w, value.Line)));
            }
        }

        return (words, faults);
    }

    private static string Name(string word) => word.Trim('$', '{', '}');

    private static bool IsVariable(string word) => word.StartsWith('$') && Name(word) is { Length: > 0 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Of the unit's own lines and the files it names; null where they are not understood.</summary>
    private StartVariables? Variables(IReadOnlyList<string> names, ConfigLine start, List<Sighting> faults)
    {
        var variables = new StartVariables(_snapshot, new StartedServer(_name, [], Units: null, [], names), new EnvironmentBudget());
        try
        {
            foreach (var line in _service.Where(l => ServiceStart.Pair(l.Text).Key == "Environment"))
            {
                variables.Add(ServiceStart.Pair(line.Text).Value, line);
            }

            ServiceStart.Files(_service).ForEach(l => variables.AddFile(l.Text, l));
            return variables;
        }
        catch (UnableException unable)
        {
            faults.Add(new Sighting(unable.Message, start.Place));
            return null;
        }
    }

    private static StartWord? Value(StartVariables variables, string name, ConfigLine start, List<Sighting> faults)
    {
        try
        {
            return variables.Find(name);
        }
        catch (UnableException unable)
        {
            faults.Add(new Sighting(unable.Message, start.Place));
            return null;
        }
    }
}
