using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a step leaves for the report.</summary>
internal sealed class StepNotes
{
    public List<string> Used { get; } = [];

    public List<string> Candidates { get; } = [];

    public List<string> Seen { get; } = [];
}

/// <summary>What steps leave for each other: variables, tables, fields, files; and what is never shown.</summary>
/// <param name="flow">Whose secrets.</param>
/// <param name="folder">Where files are kept meanwhile.</param>
internal sealed class FlowWork(BrowserFlow flow, string folder)
{
    private const int MostHidden = 20_000;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeenTable> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    public List<FieldDifference> Differences { get; } = [];

    /// <summary>Values that are covered in pictures: personal ones and secrets.</summary>
    public IReadOnlyList<string> Hidden => [.. _hidden, .. flow.Secrets.Values.Select(s => s.Reveal())];

    public void Hide(IEnumerable<string> values) => _hidden.UnionWith(values.Where(v => v.Length > 1).Take(MostHidden - Math.Min(MostHidden, _hidden.Count)));

    /// <summary>A text without what is never shown.</summary>
    public string Covered(string text) => Hidden.OrderByDescending(h => h.Length).Aggregate(text, (t, h) => t.Replace(h, "〔已遮盖〕", StringComparison.Ordinal));

    /// <summary>Variables filled in; the result may hold secrets and is only ever typed.</summary>
    public string Fill(string text) => FlowVariables.Fill(text, n => _variables.GetValueOrDefault(n) ?? flow.Secrets.GetValueOrDefault(n)?.Reveal());

    public void Remember(string name, string value) => _variables[name] = value;

    public void Keep(string name, SeenTable table) => _tables[name] = table;

    public void Keep(string name, IReadOnlyDictionary<string, string> fields) => _fields[name] = fields;

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
}
