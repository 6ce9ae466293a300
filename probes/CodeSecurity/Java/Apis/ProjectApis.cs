using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a project declares of its own methods and annotations, found by name.</summary>
internal sealed class ProjectApis
{
    private readonly Dictionary<(string Type, string Method), FlowMethod> _declared = [];
    private readonly Dictionary<(string Type, string Method), ApiMethod> _methods = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <param name="flows">As declared.</param>
    /// <param name="weaknesses">Of the tables; those that nobody knows are left out.</param>
    /// <param name="believesSanitizers">False to see what only they stop.</param>
    public ProjectApis(ProjectFlows flows, IEnumerable<FlowWeakness> weaknesses, bool believesSanitizers = true)
    {
        var ids = weaknesses.SelectMany(w => new[] { (Word: w.Id, w.Id), (Word: w.Rule, w.Id) }).DistinctBy(p => p.Word, StringComparer.Ordinal).ToDictionary(p => p.Word, p => p.Id, StringComparer.Ordinal);
        string[] Ids(IEnumerable<string> words) => [.. words.Select(w => ids.GetValueOrDefault(w)).OfType<string>()];
        foreach (var source in flows.Sources)
        {
            Add(source.Type, source.Calls, new FlowMethod { Names = source.Calls, Source = source.Kind });
        }

        foreach (var sink in flows.Sinks.Where(s => ids.ContainsKey(s.Weakness)))
        {
            Add(sink.Type, sink.Calls, new FlowMethod { Names = sink.Calls, Sink = ids[sink.Weakness], At = sink.At });
        }

        foreach (var one in believesSanitizers ? flows.Sanitizers : [])
        {
            Add(one.Type, one.Calls, one.Guards.Count > 0
                ? new FlowMethod { Names = one.Calls, Guards = Ids(one.Guards), At = [one.At], IsInert = true, Returns = "boolean" }
                : new FlowMethod { Names = one.Calls, Cleans = Ids(one.Cleans) });
        }

        Entries = [.. flows.Entries.SelectMany(e => new[]
        {
            new CodeEntry { Kind = e.Kind, Annotated = [e.Annotation], Bad = [], Good = [] },
            new CodeEntry { Kind = e.Kind, OnType = [e.Annotation], IsPublic = true, Bad = [], Good = [] },
        })];
    }

    public static ProjectApis None => new(ProjectFlows.None, []);

    public bool IsEmpty => _methods.Count == 0;

    public IReadOnlyList<CodeEntry> Entries { get; }

    public bool Knows(string type) => _types.Contains(type);

    /// <summary>Turns names of weaknesses into what the engine asks for.</summary>
    public void Bind(Func<FlowMethod, ApiMethod> read)
    {
        foreach (var (name, method) in _declared)
        {
            _methods[name] = read(method);
        }
    }

    public ApiMethod? Find(string type, string method) => _methods.Count == 0 ? null : _methods.GetValueOrDefault((type, method));

    /// <summary>Of a method of the tree: what is declared of it, or of the one above that it overrides.</summary>
    public ApiMethod? Find(ProgramMethod method, JavaProgram program)
    {
        if (_methods.Count == 0)
        {
            return null;
        }

        var name = method.Syntax.IsConstructor ? "new" : method.Syntax.Name;
        return Find(method.Owner.FullName, name) ?? (name == "new" ? null : program.NamesAbove(method.Owner).Select(n => Find(n, name)).FirstOrDefault(f => f is not null));
    }

    private void Add(string type, IReadOnlyList<string> calls, FlowMethod method)
    {
        _types.Add(type);
        foreach (var call in calls)
        {
            _declared.TryAdd((type, call), method);
        }
    }
}
