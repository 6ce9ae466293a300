namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Statements of MyBatis and iBATIS, in annotations and in XML: what stands in <c>${}</c> is put into the statement as it is.</summary>
internal sealed class MapperStatements
{
    private const int MostStatements = 100_000;
    private const int MostHoles = 500;
    private const int MostHolesInAll = 200_000;
    private const int MostWork = 4_000_000;
    private const int Deepest = 32;

    private readonly Dictionary<string, List<MapperText>> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MapperText>> _pieces = new(StringComparer.Ordinal);
    private readonly Dictionary<MapperText, (List<MapperHole> Holes, bool IsCut)> _resolved = [];
    private readonly Dictionary<MapperText, string> _spaces = [];
    private readonly Dictionary<ProgramMethod, MapperText?> _annotated = [];
    private readonly HashSet<string> _settings = new(StringComparer.Ordinal);

    /// <summary>Namespaces of which something was not read.</summary>
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private int _kept;
    private int _work;
    private int _count;

    /// <param name="files">Texts of XML files by path.</param>
    /// <param name="weakness">Bit of SQL injection.</param>
    /// <param name="stop">Between two tags.</param>
    public MapperStatements(IEnumerable<(string Path, string Text)> files, int weakness, CancellationToken stop = default)
    {
        Weakness = weakness;
        foreach (var (path, text) in files)
        {
            Read(path, text, stop);
        }
    }

    /// <summary>Bit of what a hole can lead to; −1 where no table has it.</summary>
    public int Weakness { get; }

    /// <param name="method">Of a mapper.</param>
    /// <param name="called">Full name of the type it is called on; null where that is not known.</param>
    public bool Has(ProgramMethod method, string? called) => Names(method, called).Any(_statements.ContainsKey) || MapperAnnotations.Has(method);

    /// <summary>What is put into the statement of a method as it is, and whether there may be more.</summary>
    public (IReadOnlyList<MapperHole> Holes, bool IsCut) Of(ProgramMethod method, string? called, JavaProgram program)
    {
        if (Weakness < 0)
        {
            return ([], false);
        }

        var names = Names(method, called).ToList();
        var (holes, isCut) = (new List<MapperHole>(), names.Exists(n => _cut.Contains(n[..n.LastIndexOf('.')])));
        foreach (var text in names.SelectMany(n => _statements.GetValueOrDefault(n, [])).Concat(Annotated(method, program) is { } own ? [own] : []))
        {
            var (found, cut) = Resolve(text, 0);
            holes.AddRange(found);
            isCut |= cut;
        }

        return (holes.Count == 0 ? [] : [.. holes.Where(h => !IsSetting(h.Path)).Distinct()], isCut);
    }

    /// <summary>The same of a statement that is called by its name.</summary>
    public (IReadOnlyList<MapperHole> Holes, bool IsCut)? Named(string name)
    {
        if (Weakness < 0 || !_statements.TryGetValue(name, out var texts))
        {
            return null;
        }

        var all = texts.Select(t => Resolve(t, 0)).ToList();
        return ([.. all.SelectMany(a => a.Holes).Where(h => !IsSetting(h.Path)).Distinct()], all.Exists(a => a.IsCut));
    }

    private bool IsSetting(string path) => _settings.Contains(path);

    private static IEnumerable<string> Names(ProgramMethod method, string? called)
    {
        yield return $"{method.Owner.FullName}.{method.Syntax.Name}";
        if (called is not null && called != method.Owner.FullName)
        {
            yield return $"{called}.{method.Syntax.Name}";
        }
    }

    private MapperText? Annotated(ProgramMethod method, JavaProgram program)
    {
        if (!_annotated.TryGetValue(method, out var known))
        {
            _annotated[method] = known = MapperAnnotations.Of(method, program);
            if (known is not null)
            {
                _spaces[known] = method.Owner.FullName;
            }
        }

        return known;
    }

    private void Read(string path, string text, CancellationToken stop)
    {
        var reader = new MapperReader(path, text);
        var isWhole = reader.Read(MostStatements - _count, stop);
        _settings.UnionWith(reader.Settings);
        if (reader.Namespace is not { } space)
        {
            return;
        }

        if (!isWhole)
        {
            _cut.Add(space);
        }

        _count += reader.Statements.Count;
        foreach (var (id, statement) in reader.Statements)
        {
            Keep(_statements, space, id, statement);
        }

        foreach (var (id, piece) in reader.Pieces)
        {
            Keep(_pieces, space, id, piece);
        }
    }

    private void Keep(Dictionary<string, List<MapperText>> into, string space, string id, MapperText text)
    {
        _spaces[text] = space;
        var name = space.Length == 0 ? id : $"{space}.{id}";
        if (!into.TryGetValue(name, out var all))
        {
            into[name] = all = [];
        }

        all.Add(text);
    }

    /// <summary>A statement with the pieces it is made of, each gone through once.</summary>
    private (List<MapperHole> Holes, bool IsCut) Resolve(MapperText text, int depth)
    {
        if (_resolved.TryGetValue(text, out var known))
        {
            return known;
        }

        if (depth > Deepest)
        {
            return ([], true);
        }

        // Who includes himself gets what stands there so far.
        var isCut = text.IsCut;
        var holes = text.Holes.Take(MostHoles).ToList();
        isCut |= text.Holes.Count > MostHoles;
        _resolved[text] = (holes, true);
        foreach (var include in text.Includes)
        {
            isCut |= !Add(holes, include, _spaces.GetValueOrDefault(text, string.Empty), depth);
        }

        _kept += holes.Count;
        return _resolved[text] = (holes, isCut);
    }

    /// <returns>False where something of it was left out.</returns>
    private bool Add(List<MapperHole> holes, MapperInclude include, string space, int depth)
    {
        var id = Replaced(include.RefId, include.Properties);
        var pieces = _pieces.GetValueOrDefault(space.Length == 0 || id.Contains('.', StringComparison.Ordinal) ? id : $"{space}.{id}") ?? _pieces.GetValueOrDefault(id) ?? _pieces.GetValueOrDefault($"{space}.{id}");
        var isWhole = pieces is not null;
        foreach (var (found, isCut) in (pieces ?? []).Select(p => Resolve(p, depth + 1)).ToList())
        {
            isWhole &= !isCut;
            foreach (var hole in found.ToArray())
            {
                foreach (var path in Meant(hole.Path, include))
                {
                    if (holes.Count >= MostHoles || _kept >= MostHolesInAll || ++_work > MostWork)
                    {
                        return false;
                    }

                    holes.Add(hole with { Path = path });
                }
            }
        }

        return isWhole;
    }

    private static IEnumerable<string> Meant(string path, MapperInclude include) => include.Properties.TryGetValue(path, out var value)
        ? MapperSigns.New(value, 0, value.Length).SelectMany(h => OgnlPaths.Of(h.Name)).SelectMany(p => MapperName.Meant(p, include.Names))
        : MapperName.Meant(path, include.Names);

    private static string Replaced(string id, IReadOnlyDictionary<string, string> properties) =>
        id.Contains("${", StringComparison.Ordinal) ? properties.Aggregate(id, (text, p) => text.Replace($"${{{p.Key}}}", p.Value, StringComparison.Ordinal)) : id;
}
