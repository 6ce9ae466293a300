using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a project declares of its own methods and annotations, found by name.</summary>
internal sealed class ProjectApis
{
    private readonly Dictionary<(string Type, string Method), FlowMethod> _declared = [];
    private readonly Dictionary<(string Type, string Method), ApiMethod> _methods = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);

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

        foreach (var entry in flows.Entries)
        {
            _entries[entry.Annotation] = entry.Kind;
        }
    }

    public static ProjectApis None => new(ProjectFlows.None, []);

    public bool IsEmpty => _methods.Count == 0;

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

    /// <returns>What comes in; null where no declared annotation makes it an entry.</returns>
    public string? EntryKind(ProgramMethod method, JavaProgram program)
    {
        if (_entries.Count == 0 || method.Syntax.IsConstructor)
        {
            return null;
        }

        var isPublic = method.Syntax.Modifiers.HasFlag(JavaModifiers.Public) || method.Owner.Syntax.Kind == JavaTypeKind.Interface;
        return method.Syntax.Annotations.Concat(isPublic ? method.Owner.Syntax.Annotations : []).Select(a => KindOf(a.Name, method.Owner, program)).FirstOrDefault(k => k is not null);
    }

    /// <summary>An annotation whose package nobody can tell is taken for the one of that name.</summary>
    private string? KindOf(string written, JavaDeclaredType within, JavaProgram program)
    {
        if (_entries.GetValueOrDefault(program.Resolve(written, within) ?? written) is { } kind)
        {
            return kind;
        }

        return program.Resolve(written, within) is null && !written.Contains('.', StringComparison.Ordinal)
            ? _entries.FirstOrDefault(e => e.Key.EndsWith("." + written, StringComparison.Ordinal)).Value : null;
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
