using System.Collections.Concurrent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the tables know of libraries, found by type and method.</summary>
internal sealed partial class ApiIndex
{
    private const int MostWeaknesses = 58;

    private readonly Dictionary<string, ApiType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiMethod> _anyReceiver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bits = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<int>[] _riders;
    private readonly BoundedExpression?[] _checks;
    private readonly HashSet<string> _names;
    private readonly ulong _closed;
    private readonly Dictionary<(string Type, string Name), FlowMethod> _fields = [];
    private readonly ConcurrentDictionary<(ApiMethod Own, ApiMethod Tabled), ApiMethod> _together = new();
    private readonly HashSet<string> _simpleInert = new(StringComparer.Ordinal) { "int", "long", "short", "byte", "char", "float", "double", "boolean" };

    /// <param name="unordered">Of the rules.</param>
    /// <param name="own">What a project declares of its methods; goes before the tables.</param>
    public ApiIndex(IReadOnlyList<FlowTable> unordered, ProjectApis? own = null)
    {
        Own = own ?? ProjectApis.None;
        // Of two rows for one method the first counts: which one that is must not depend on who read the tables.
        List<FlowTable> tables = [.. unordered.OrderBy(t => t.File.File, StringComparer.Ordinal)];
        Weaknesses = [.. tables.SelectMany(t => t.Weaknesses).Take(MostWeaknesses)];
        for (var i = 0; i < Weaknesses.Count; i++)
        {
            _bits[Weaknesses[i].Id] = i;
        }

        _closed = MaskOf([.. Weaknesses.Where(w => w.IsClosed).Select(w => w.Id)]);
        Tails = MaskOf(["path", "zip-slip"]);
        Hosts = MaskOf(["ssrf", "redirect"]);
        Kept = MaskOf(["log", "path"]);
        _riders = [.. Weaknesses.Select(w => (IReadOnlyList<int>)[.. Weaknesses.Where(r => r.Rides == w.Id).Select(r => _bits[r.Id])])];
        _checks = [.. Weaknesses.Select(w => w.CheckedBy is { } text ? Expression(text) : null)];
        Spoiling = new SpoilingTexts(Weaknesses);
        _names = [.. tables.SelectMany(t => t.Types).SelectMany(t => t.Methods).SelectMany(m => m.Names)];
        foreach (var type in tables.SelectMany(t => t.Types))
        {
            Add(type);
        }

        Own.Bind(Read);
        Entries = [.. tables.SelectMany(t => t.Entries)];
        Answers = [.. tables.SelectMany(t => t.Answers)];
        OwnTypes = [.. tables.SelectMany(t => t.OwnTypes)];
        Inputs = [.. tables.SelectMany(t => t.Inputs).Select(i => (i, MaskOf(i.Cleans)))];
        OwnAnnotations = tables.SelectMany(t => t.OwnAnnotations).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What a project declares of its methods.</summary>
    public ProjectApis Own { get; }

    /// <summary>Bits of weaknesses that ordinary foreign input does not lead to.</summary>
    public ulong Closed => _closed;

    /// <summary>Bits of weaknesses of paths, which the tail of a path does not lead to.</summary>
    public ulong Tails { get; }

    /// <summary>Bits of weaknesses of addresses, which whoever does not choose the host does not lead to.</summary>
    public ulong Hosts { get; }

    /// <summary>Bits of weaknesses that what something stored was found by hardly leads to.</summary>
    public ulong Kept { get; }

    /// <summary>Ordinary foreign input does not lead to it.</summary>
    public bool IsClosed(int weakness) => (_closed >> weakness & 1) != 0;

    /// <summary>Weaknesses whose sinks are those of this one.</summary>
    public IReadOnlyList<int> RidersOf(int weakness) => _riders[weakness];

    /// <summary>Of checks by lists.</summary>
    public SpoilingTexts Spoiling { get; }

    /// <summary>A method of a library in the tables has this name.</summary>
    public bool IsNamed(string method) => _names.Contains(method);

    /// <summary>Names of methods that see to it; null where none do.</summary>
    public BoundedExpression? CheckOf(int weakness) => _checks[weakness];

    /// <summary>Of the tables; those of a project are its own.</summary>
    public IReadOnlyList<CodeEntry> Entries { get; }

    public IReadOnlyList<CodeAnswer> Answers { get; }

    /// <summary>Names of types, or beginnings of them with a star behind, that a container hands over of its own.</summary>
    public IReadOnlyList<string> OwnTypes { get; }

    public IReadOnlySet<string> OwnAnnotations { get; }

    /// <summary>What is special of parameters of entries, with the bits of what they cannot lead to.</summary>
    public IReadOnlyList<(CodeInput Input, ulong Cleans)> Inputs { get; }

    /// <summary>A static field of a type.</summary>
    public FlowMethod? Field(string type, string name) => _fields.GetValueOrDefault((type, name));

    public IReadOnlyList<FlowWeakness> Weaknesses { get; }

    public bool Knows(string type) => _types.ContainsKey(type) || Own.Knows(type);

    /// <summary>Its values carry no text that anybody chose.</summary>
    public bool IsInert(string? type) => type is not null && (_simpleInert.Contains(type) || (_types.TryGetValue(type, out var known) && known.IsInert));

    /// <summary>A public constant of a type of a library: a text or a truth; null where no table has it.</summary>
    public object? Constant(string type, string name) =>
        _types.TryGetValue(type, out var known) && known.Constants.TryGetValue(name, out var value) ? value is "true" or "false" ? value == "true" : value : null;

    /// <summary>What is known of a method of a type or of those above it; what a project declares of it takes nothing away that the tables say there.</summary>
    /// <param name="type">Full name.</param>
    /// <param name="method">Name; <c>new</c> of a constructor.</param>
    /// <param name="arguments">How many.</param>
    /// <param name="above">Of a type of the tree: full names of types above it.</param>
    public ApiMethod? Find(string type, string method, int arguments, IEnumerable<string>? above = null)
    {
        var (own, tabled) = Find(type, method, arguments, above, asksProject: true);
        return own is null ? tabled : Together(own, tabled);
    }

    /// <summary>The same by the tables alone.</summary>
    public ApiMethod? FindTabled(string type, string method, int arguments) => Find(type, method, arguments, null, asksProject: false).Tabled;

    private (ApiMethod? Own, ApiMethod? Tabled) Find(string type, string method, int arguments, IEnumerable<string>? above, bool asksProject)
    {
        ApiMethod? own = null;
        var waiting = new Queue<string>([type, .. above ?? []]);
        for (var looked = 0; looked < 60 && waiting.TryDequeue(out var name); looked++)
        {
            own ??= asksProject ? Own.Find(name, method) : null;

            if (!_types.TryGetValue(name, out var known))
            {
                continue;
            }

            if (known.Find(method, arguments) is { } found)
            {
                return (own, found);
            }

            foreach (var next in method == "new" ? [] : known.Above)
            {
                waiting.Enqueue(next);
            }
        }

        return (own, null);
    }

    private ApiMethod Together(ApiMethod own, ApiMethod? tabled) => tabled is null ? own : _together.GetOrAdd((own, tabled), p => p.Tabled.Beside(p.Own));

    /// <summary>Where nothing is known of the receiver.</summary>
    public ApiMethod? FindAnywhere(string method, int arguments) => _anyReceiver.GetValueOrDefault(method) is { } found && (found.Arguments is null || found.Arguments == arguments) ? found : null;

    /// <summary>Methods of a type by which libraries call what implements it.</summary>
    public IEnumerable<(string Name, int Arguments)> Callbacks(string type)
    {
        var waiting = new Queue<string>([type]);
        for (var looked = 0; looked < 20 && waiting.TryDequeue(out var name); looked++)
        {
            if (_types.TryGetValue(name, out var known))
            {
                foreach (var one in known.Callbacks)
                {
                    yield return one;
                }

                known.Above.ForEach(waiting.Enqueue);
            }
        }
    }

    /// <summary>A type of a library is another one or below it.</summary>
    public bool IsBelow(string type, string above)
    {
        if (type == above || !_types.TryGetValue(type, out var known) || known.Above.Count == 0)
        {
            return type == above;
        }

        List<string> all = [.. known.Above];
        for (var i = 0; i < all.Count && !all.Contains(above); i++)
        {
            all.AddRange(_types.TryGetValue(all[i], out var next) ? next.Above.Except(all, StringComparer.Ordinal).ToList() : []);
        }

        return all.Contains(above);
    }

    /// <returns>−1 where no table has it.</returns>
    public int BitOf(string weakness) => _bits.GetValueOrDefault(weakness, -1);

    public ulong MaskOf(IReadOnlyList<string> weaknesses) =>
        weaknesses.Aggregate(0UL, (mask, w) => w == "*" ? ulong.MaxValue : _bits.TryGetValue(w, out var bit) ? mask | (1UL << bit) : mask);

    private void Add(FlowType type)
    {
        if (!_types.TryGetValue(type.Name, out var known))
        {
            _types[type.Name] = known = new ApiType();
        }

        known.Above.AddRange(type.Above);
        known.IsInert |= type.IsInert;
        foreach (var field in type.Methods.Where(m => m.IsField))
        {
            foreach (var name in field.Names)
            {
                _fields.TryAdd((type.Name, name), field);
            }
        }

        foreach (var (name, value) in type.Constants)
        {
            known.Constants[name] = value;
        }

        foreach (var method in type.Methods.Where(m => !m.IsField))
        {
            foreach (var name in method.Names)
            {
                var read = Read(method);
                known.Add(name, read);
                if (method.Acts == "callback")
                {
                    known.Callbacks.Add((name, method.Arguments ?? 0));
                }

                if (method.AnyReceiver)
                {
                    _anyReceiver.TryAdd(name, read);
                }
            }
        }
    }

    private ApiMethod Read(FlowMethod method) => new(method)
    {
        Weakness = method.Sink is { } sink ? BitOf(sink) : -1,
        Cleans = MaskOf(method.Cleans),
        Soils = MaskOf(method.Soils),
        Guards = MaskOf(method.Guards),
        GuardsNot = MaskOf(method.GuardsNot),
        Matches = Expression(method.Matches),
        Except = Expression(method.Except),
        Only = MaskOf(method.Only),
        Leads = MaskOf(method.Only) | MaskOf(method.Also),
        Flow = [.. method.Flow.Select(Way)],
        Notes = [.. method.Notes.Select(n => new ApiNote(n.Part, Expression(n.First), Expression(n.Second), n.Type))],
    };

    private static BoundedExpression? Expression(string? text) => text is null ? null : new BoundedExpression(text);

    private static (int From, int To) Way(string written)
    {
        var parts = written.Split('>');
        return (Place(parts[0]), Place(parts[^1]));

        static int Place(string word) => word switch
        {
            "this" => ApiMethod.Receiver,
            "return" => ApiMethod.Return,
            "*" => ApiMethod.All,
            _ => int.TryParse(word, out var number) ? number : ApiMethod.All,
        };
    }

    private sealed class ApiType
    {
        private readonly Dictionary<string, List<ApiMethod>> _methods = new(StringComparer.Ordinal);

        public List<string> Above { get; } = [];

        public Dictionary<string, string> Constants { get; } = new(StringComparer.Ordinal);

        public List<(string Name, int Arguments)> Callbacks { get; } = [];

        public bool IsInert { get; set; }

        public void Add(string name, ApiMethod method)
        {
            if (!_methods.TryGetValue(name, out var all))
            {
                _methods[name] = all = [];
            }

            if (all.Find(m => m.Arguments == method.Arguments) is { } first && (method.Weakness >= 0 || ((method.Cleans | method.Guards | method.GuardsNot) != 0 && method.Matches is not null)))
            {
                first.More.Add(method);
            }
            else
            {
                all.Add(method);
            }
        }

        /// <summary>One for so many arguments goes before one for any number.</summary>
        public ApiMethod? Find(string name, int arguments) => _methods.TryGetValue(name, out var all)
            ? all.Find(m => m.Arguments == arguments) ?? all.Find(m => m.Arguments is null)
            : null;
    }
}
