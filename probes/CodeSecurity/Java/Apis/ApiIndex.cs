using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the tables know of libraries, found by type and method.</summary>
internal sealed class ApiIndex
{
    private const int MostWeaknesses = 63;
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ApiType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiMethod> _anyReceiver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _simpleInert = new(StringComparer.Ordinal) { "int", "long", "short", "byte", "char", "float", "double", "boolean" };

    /// <param name="tables">Of the rules.</param>
    /// <param name="own">What a project declares of its methods; goes before the tables.</param>
    public ApiIndex(IReadOnlyList<FlowTable> tables, ProjectApis? own = null)
    {
        Own = own ?? ProjectApis.None;
        Weaknesses = [.. tables.SelectMany(t => t.Weaknesses).Take(MostWeaknesses)];
        for (var i = 0; i < Weaknesses.Count; i++)
        {
            _bits[Weaknesses[i].Id] = i;
        }

        foreach (var type in tables.SelectMany(t => t.Types))
        {
            Add(type);
        }

        Own.Bind(Read);
    }

    /// <summary>What a project declares of its methods.</summary>
    public ProjectApis Own { get; }

    public IReadOnlyList<FlowWeakness> Weaknesses { get; }

    public bool Knows(string type) => _types.ContainsKey(type) || Own.Knows(type);

    /// <summary>Its values carry no text that anybody chose.</summary>
    public bool IsInert(string? type) => type is not null && (_simpleInert.Contains(type) || (_types.TryGetValue(type, out var known) && known.IsInert));

    /// <summary>What is known of a method of a type or of those above it.</summary>
    /// <param name="type">Full name.</param>
    /// <param name="method">Name; <c>new</c> of a constructor.</param>
    /// <param name="arguments">How many.</param>
    /// <param name="above">Of a type of the tree: full names of types above it.</param>
    public ApiMethod? Find(string type, string method, int arguments, IEnumerable<string>? above = null)
    {
        var waiting = new Queue<string>([type, .. above ?? []]);
        for (var looked = 0; looked < 60 && waiting.TryDequeue(out var name); looked++)
        {
            if (Own.Find(name, method) is { } own)
            {
                return own;
            }

            if (!_types.TryGetValue(name, out var known))
            {
                continue;
            }

            if (known.Find(method, arguments) is { } found)
            {
                return found;
            }

            foreach (var next in method == "new" ? [] : known.Above)
            {
                waiting.Enqueue(next);
            }
        }

        return null;
    }

    /// <summary>Where nothing is known of the receiver.</summary>
    public ApiMethod? FindAnywhere(string method, int arguments) => _anyReceiver.GetValueOrDefault(method) is { } found && (found.Arguments is null || found.Arguments == arguments) ? found : null;

    /// <summary>A type of a library is another one or below it.</summary>
    public bool IsBelow(string type, string above) => type == above || (_types.TryGetValue(type, out var known) && known.Above.Any(a => a != type && IsBelow(a, above)));

    /// <returns>−1 where no table has it.</returns>
    public int BitOf(string weakness) => _bits.GetValueOrDefault(weakness, -1);

    private ulong MaskOf(IReadOnlyList<string> weaknesses) =>
        weaknesses.Aggregate(0UL, (mask, w) => w == "*" ? ulong.MaxValue : _bits.TryGetValue(w, out var bit) ? mask | (1UL << bit) : mask);

    private void Add(FlowType type)
    {
        if (!_types.TryGetValue(type.Name, out var known))
        {
            _types[type.Name] = known = new ApiType();
        }

        known.Above.AddRange(type.Above);
        known.IsInert |= type.IsInert;
        foreach (var method in type.Methods)
        {
            var read = Read(method);
            foreach (var name in method.Names)
            {
                known.Add(name, read);
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
        Guards = MaskOf(method.Guards),
        GuardsNot = MaskOf(method.GuardsNot),
        Matches = method.Matches is { } text ? new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit) : null,
        Flow = [.. method.Flow.Select(Way)],
    };

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

        public bool IsInert { get; set; }

        public void Add(string name, ApiMethod method)
        {
            if (!_methods.TryGetValue(name, out var all))
            {
                _methods[name] = all = [];
            }

            all.Add(method);
        }

        /// <summary>One for so many arguments goes before one for any number.</summary>
        public ApiMethod? Find(string name, int arguments) => _methods.TryGetValue(name, out var all)
            ? all.Find(m => m.Arguments == arguments) ?? all.Find(m => m.Arguments is null)
            : null;
    }
}

/// <summary>A method of a library.</summary>
internal sealed class ApiMethod(FlowMethod known)
{
    public const int Receiver = -1;
    public const int Return = -2;
    public const int All = -3;

    public FlowMethod Known => known;

    public int? Arguments => known.Arguments;

    /// <summary>Bit of the weakness it leads to; −1 where it leads to none.</summary>
    public required int Weakness { get; init; }

    public required ulong Cleans { get; init; }

    public required ulong Guards { get; init; }

    public required ulong GuardsNot { get; init; }

    public required Regex? Matches { get; init; }

    public required IReadOnlyList<(int From, int To)> Flow { get; init; }
}
