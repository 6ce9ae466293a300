using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Statements of MyBatis, in annotations and in XML: what stands in <c>${}</c> is put into the statement as it is.</summary>
internal sealed class MapperStatements
{
    private const int MostStatements = 100_000;
    private const int MostHoles = 500;
    private const int MostHolesInAll = 200_000;
    private const int LongestTag = 4_096;
    private const int LongestName = 200;
    private static readonly string[] Kinds = ["Select", "Insert", "Update", "Delete"];
    private static readonly string[] Tags = ["select", "insert", "update", "delete", "sql"];

    private readonly int _weakness;
    private readonly Dictionary<string, List<(string Name, CodePlace Place)>> _byMethod = new(StringComparer.Ordinal);
    private readonly Dictionary<ProgramMethod, List<(int, int, CodePlace)>> _known = [];

    /// <summary>Full names of methods, or of types of which something was not read.</summary>
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private int _kept;

    /// <param name="files">Texts of XML files by path.</param>
    /// <param name="weakness">Bit of SQL injection.</param>
    /// <param name="stop">Between two tags.</param>
    public MapperStatements(IEnumerable<(string Path, string Text)> files, int weakness, CancellationToken stop = default)
    {
        _weakness = weakness;
        foreach (var (path, text) in files)
        {
            Read(path, text, stop);
        }
    }

    /// <summary>Whether its statement was not read to its end.</summary>
    public bool IsCut(ProgramMethod method) => _cut.Count > 0 && (_cut.Contains(method.Owner.FullName) || _cut.Contains($"{method.Owner.FullName}.{method.Syntax.Name}"));

    /// <summary>Whether a method is a statement.</summary>
    public bool Has(ProgramMethod method) => _byMethod.ContainsKey($"{method.Owner.FullName}.{method.Syntax.Name}") || method.Syntax.Annotations.Any(a => Kinds.Contains(Last(a.Name), StringComparer.Ordinal));

    /// <returns>Number of the parameter, bit, and the place of the statement.</returns>
    public List<(int Parameter, int Weakness, CodePlace Place)> Of(ProgramMethod method)
    {
        if (_weakness < 0)
        {
            return [];
        }

        if (!_known.TryGetValue(method, out var found))
        {
            IEnumerable<(string Name, CodePlace Place)> written = _byMethod.GetValueOrDefault($"{method.Owner.FullName}.{method.Syntax.Name}", []);
            found = [.. written.Concat(OfAnnotations(method)).SelectMany(w => ParametersOf(method, w.Name).Select(p => (p, _weakness, w.Place))).Distinct()];
            _known[method] = found;
        }

        return found;
    }

    private static IEnumerable<(string Name, CodePlace Place)> OfAnnotations(ProgramMethod method)
    {
        foreach (var annotation in method.Syntax.Annotations.Where(a => Kinds.Contains(Last(a.Name), StringComparer.Ordinal)))
        {
            foreach (var literal in annotation.Elements.SelectMany(e => JavaWalk.All(e.Value)).OfType<JavaLiteral>())
            {
                foreach (var (name, _) in Holes(literal.Value, 0, literal.Value.Length))
                {
                    yield return (name, new CodePlace(method.Owner.Path, literal.Span.Start));
                }
            }
        }
    }

    private static IEnumerable<int> ParametersOf(ProgramMethod method, string name)
    {
        var root = name.Split(['.', '['])[0].Trim();
        var parameters = method.Syntax.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            var given = parameters[i].Annotations.FirstOrDefault(a => Last(a.Name) == "Param")?.Elements.Select(e => e.Value).OfType<JavaLiteral>().FirstOrDefault()?.Value;
            if (given == root || (given is null && (parameters[i].Name == root || parameters.Length == 1
                || root == string.Create(CultureInfo.InvariantCulture, $"param{i + 1}") || root == string.Create(CultureInfo.InvariantCulture, $"arg{i}"))))
            {
                yield return i;
            }
        }
    }

    private void Read(string path, string text, CancellationToken stop)
    {
        var head = text.IndexOf("<mapper", StringComparison.Ordinal);
        if (head < 0 || EndOfTag(text, head) is not (>= 0 and var close) || Attribute(text[head..close], "namespace") is not { } space)
        {
            return;
        }

        var pieces = new Dictionary<string, (int From, int To)>(StringComparer.Ordinal);
        var statements = new List<(string Id, int From, int To)>();
        for (var at = close; (at = text.IndexOf('<', at + 1)) >= 0;)
        {
            stop.ThrowIfCancellationRequested();
            if (Array.Find(Tags, t => IsTag(text, at + 1, t)) is not { } tag)
            {
                continue;
            }

            var open = EndOfTag(text, at);
            if (open < 0 || statements.Count >= MostStatements)
            {
                _cut.Add(space);
                break;
            }

            if (Attribute(text[at..open], "id") is not { } id)
            {
                continue;
            }

            var end = text.IndexOf($"</{tag}>", open, StringComparison.Ordinal);
            var to = end < 0 ? text.Length : end;
            if (tag == "sql")
            {
                pieces[id] = (open, to);
            }
            else
            {
                statements.Add((id, open, to));
            }

            if (end < 0)
            {
                break;
            }

            at = end;
        }

        var holes = new Dictionary<string, List<(string, CodePlace)>>(StringComparer.Ordinal);
        foreach (var (id, from, to) in statements)
        {
            stop.ThrowIfCancellationRequested();
            Keep($"{space}.{id}", HolesOf(path, text, from, to));
            foreach (var piece in Included(text, from, to).Distinct(StringComparer.Ordinal).Where(pieces.ContainsKey))
            {
                if (!holes.TryGetValue(piece, out var known))
                {
                    holes[piece] = known = [.. HolesOf(path, text, pieces[piece].From, pieces[piece].To).Take(MostHoles + 1)];
                }

                Keep($"{space}.{id}", known);
            }
        }
    }

    private void Keep(string method, IEnumerable<(string Name, CodePlace Place)> holes)
    {
        if (!_byMethod.TryGetValue(method, out var found))
        {
            _byMethod[method] = found = [];
        }

        foreach (var hole in holes)
        {
            if (found.Count >= MostHoles || _kept >= MostHolesInAll)
            {
                _cut.Add(method);
                return;
            }

            found.Add(hole);
            _kept++;
        }
    }

    private static IEnumerable<(string Name, CodePlace Place)> HolesOf(string path, string text, int from, int to) => Holes(text, from, to).Select(h => (h.Name, new CodePlace(path, h.At)));

    private static IEnumerable<string> Included(string text, int from, int to)
    {
        for (var at = from; (at = text.IndexOf("<include", at, to - at, StringComparison.Ordinal)) >= 0; at += "<include".Length)
        {
            if (EndOfTag(text, at) is > 0 and var close && Attribute(text[at..close], "refid") is { } id)
            {
                yield return id[(id.LastIndexOf('.') + 1)..];
            }
        }
    }

    private static bool IsTag(string text, int at, string tag) =>
        string.CompareOrdinal(text, at, tag, 0, tag.Length) == 0 && at + tag.Length < text.Length && char.IsWhiteSpace(text[at + tag.Length]);

    /// <returns>−1 where it has none, or none within the length of a tag.</returns>
    private static int EndOfTag(string text, int at) => text.IndexOf('>', at, Math.Min(LongestTag, text.Length - at));

    private static IEnumerable<(string Name, int At)> Holes(string text, int from, int to)
    {
        for (var at = from; (at = text.IndexOf("${", at, to - at, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf('}', at, to - at);
            if (end < 0)
            {
                yield break;
            }

            yield return (text[(at + 2)..Math.Min(end, at + 2 + LongestName)], at);
            at = end;
        }
    }

    private static string? Attribute(string tag, string name)
    {
        for (var at = 0; (at = tag.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            var rest = tag.AsSpan(at + name.Length).TrimStart();
            if (at > 0 && char.IsWhiteSpace(tag[at - 1]) && rest.Length > 1 && rest[0] == '=' && rest[1..].TrimStart() is { Length: > 1 } quoted && quoted[0] is '"' or '\'' && quoted[1..].IndexOf(quoted[0]) is >= 0 and var length)
            {
                return quoted.Slice(1, length).ToString();
            }
        }

        return null;
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
