using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a step leaves for the report.</summary>
internal sealed class StepNotes
{
    public List<string> Used { get; } = [];

    public List<string> Candidates { get; } = [];

    public List<string> Seen { get; } = [];

    /// <summary>False where values of the last look may be among those that are to be covered, and are not known.</summary>
    public bool IsCovered { get; set; } = true;
}

/// <summary>What steps leave for each other: variables, tables, fields, files; and what is never shown.</summary>
/// <param name="flow">Whose secrets.</param>
/// <param name="folder">Where files are kept meanwhile.</param>
internal sealed class FlowWork(BrowserFlow flow, string folder)
{
    private const int MostHidden = 20_000;
    public const string Cover = "〔已遮盖〕";
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeenTable> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private List<string> _longestFirst = [];
    private readonly HashSet<string> _uncovered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _matched = new(StringComparer.Ordinal);

    /// <summary>信息包规范 of the rules.</summary>
    public IReadOnlyList<PackageProfile> Profiles { get; init; } = [];

    /// <summary>Words of refusal that stand on pages of the account without refusing anything.</summary>
    public IReadOnlySet<string> Usual { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    public List<FieldDifference> Differences { get; } = [];

    /// <summary>Values that are covered in pictures: personal ones and secrets.</summary>
    public IReadOnlyList<string> Hidden => LongestFirst();

    /// <summary>Masks that found no column or field so far.</summary>
    public IReadOnlyList<string> UnmatchedMasks => [.. flow.Masks.Except(_matched, StringComparer.Ordinal)];

    /// <returns>False where there may be more to cover than is known.</returns>
    public bool Hide(PageSnapshot seen)
    {
        _matched.UnionWith(seen.Matched);
        foreach (var value in seen.Hidden.Where(v => v.Length > 1))
        {
            if (_hidden.Count < MostHidden)
            {
                _hidden.Add(value);
            }
            else if (!_hidden.Contains(value))
            {
                return flow.Masks.Count == 0;
            }
        }

        return flow.Masks.Count == 0 || seen.Coverable;
    }

    /// <summary>Values of a label from wherever they came: where a mask names it they are covered as those of the page are.</summary>
    public void Hide(string label, params IEnumerable<string> values)
    {
        if (flow.Masks.Contains(label, StringComparer.Ordinal))
        {
            _hidden.UnionWith(values.Where(v => v.Length > 1).Take(Math.Max(0, MostHidden - _hidden.Count)));
        }
    }

    /// <summary>A value of a label as it may be told.</summary>
    public string Told(string label, string value) => flow.Masks.Contains(label, StringComparer.Ordinal) ? Cover : Covered(value);

    /// <summary>A text without what is never shown.</summary>
    public string Covered(string text) => LongestFirst().Aggregate(text, (t, h) => t.Replace(h, Cover, StringComparison.Ordinal));

    /// <summary>The same of an address, where values may stand escaped.</summary>
    public string CoveredAddress(string url)
    {
        var plain = NetworkLog.Plain(url);
        var open = Uri.UnescapeDataString(plain);
        var covered = Covered(open);
        return covered == open ? Covered(plain) : covered;
    }

    /// <summary>A path with its variables filled in.</summary>
    /// <exception cref="StepEndException">As <see cref="Fill(string)"/>.</exception>
    public string FillAddress(string path) => FlowVariables.Fill(path, n => Uri.EscapeDataString(ValueOf(n)));

    /// <summary>Variables filled in; the result may hold secrets, and whoever tells it covers it.</summary>
    /// <exception cref="StepEndException">A variable has no value: its name in its place would be looked for, and never be there.</exception>
    public string Fill(string text) => FlowVariables.Fill(text, ValueOf);

    /// <param name="name">Of the variable.</param>
    /// <param name="value">As it was read.</param>
    /// <param name="isCovered">False: it may be one that is to be covered, and is covered wherever it comes again.</param>
    public void Remember(string name, string value, bool isCovered)
    {
        _variables[name] = value;
        if (!isCovered && value.Length > 1)
        {
            _hidden.Add(value);
        }
    }

    public void Keep(string name, SeenTable table) => _tables[name] = table;

    /// <param name="name">They are kept under.</param>
    /// <param name="fields">By label.</param>
    /// <param name="isCovered">False: it is not known which of them are to be covered.</param>
    public void Keep(string name, IReadOnlyDictionary<string, string> fields, bool isCovered = true)
    {
        _fields[name] = fields;
        _ = isCovered ? _uncovered.Remove(name) : _uncovered.Add(name);
    }

    /// <summary>Whether it is known of kept fields which are to be covered.</summary>
    public bool IsCovered(string name) => !_uncovered.Contains(name);

    public SeenTable? Table(string name) => _tables.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string>? Fields(string name) => _fields.GetValueOrDefault(name);

    /// <summary>Of a download; names have no folders in them.</summary>
    public string FileOf(string name) => Path.Combine(folder, Path.GetFileName(name));

    public FlowElement Fill(FlowElement element) => element with
    {
        Text = element.Text is null ? null : Fill(element.Text),
        Row = element.Row is null ? null : Fill(element.Row),
        Table = element.Table is null ? null : Fill(element.Table),
    };

    /// <summary>Kept until there is one more: every text that is told goes through all of them.</summary>
    private List<string> LongestFirst()
    {
        if (_longestFirst.Count != _hidden.Count + flow.Secrets.Count)
        {
            _longestFirst = [.. _hidden.Concat(flow.Secrets.Values.Select(s => s.Reveal())).OrderByDescending(h => h.Length)];
        }

        return _longestFirst;
    }

    private string ValueOf(string name) =>
        _variables.GetValueOrDefault(name) ?? flow.Secrets.GetValueOrDefault(name)?.Reveal() ?? throw new StepEndException(StepOutcome.NotRun, $"变量 {name} 没有取到");
}
