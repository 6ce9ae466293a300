using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads one mapper of MyBatis, or one map of its predecessor iBATIS, into statements and pieces.</summary>
/// <param name="path">Of the file.</param>
/// <param name="text">Need not be well formed.</param>
internal sealed class MapperReader(string path, string text)
{
    private const int MostHoles = 2_000;
    private const int MostIncludes = 500;
    private const int LongestName = 200;
    private const int MostProperties = 50;

    private readonly MarkupTags _tags = new(text);
    private readonly List<MapperName> _names = [];
    private readonly Stack<int> _loops = new();

    private readonly MapperPins _pins = new();
    private MapperText? _open;
    private string _kind = string.Empty;
    private bool _isOld;
    private MapperInclude? _include;

    /// <summary>Holes of the statement that a condition makes harmless: they are looked at like the others.</summary>
    private int _harmless;

    /// <summary>Null where the file is no mapper.</summary>
    public string? Namespace { get; private set; }

    public List<(string Id, MapperText Text)> Statements { get; } = [];

    public Dictionary<string, MapperText> Pieces { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that a configuration gives, of whatever file: no caller chooses them.</summary>
    public List<string> Settings { get; } = [];

    /// <summary>Something of the file was not read.</summary>
    public bool IsCut => _tags.IsCut;

    /// <param name="most">Statements that are read.</param>
    /// <param name="stop">Between two tags.</param>
    public bool Read(int most, CancellationToken stop)
    {
        var isMapper = text.Contains("<mapper", StringComparison.Ordinal) || text.Contains("<sqlMap", StringComparison.Ordinal);
        var isConfiguration = text.Contains("<properties", StringComparison.Ordinal) && text.Contains("<configuration", StringComparison.Ordinal);
        if (!isMapper && !isConfiguration)
        {
            return true;
        }

        foreach (var piece in _tags.All())
        {
            stop.ThrowIfCancellationRequested();
            if (Statements.Count >= most)
            {
                return false;
            }

            if (Namespace is null)
            {
                Begin(piece, isConfiguration);
            }
            else
            {
                Take(piece);
            }
        }

        if (_open is not null)
        {
            _open.IsCut = true;
        }

        return !IsCut;
    }

    /// <summary>A statement that stands in an annotation, with or without tags.</summary>
    public MapperText ReadScript()
    {
        _open = new MapperText();
        if (!text.Contains("<script", StringComparison.Ordinal))
        {
            Holes(0, text.Length);
            return _open;
        }

        foreach (var piece in _tags.All())
        {
            Inside(piece, _open);
        }

        _open.IsCut |= _tags.IsCut;
        return _open;
    }

    private void Begin(MarkupPiece piece, bool isConfiguration)
    {
        if (piece.Kind is MarkupKind.Open or MarkupKind.Alone && piece.Name is "mapper" or "sqlMap" && (_tags.Attribute(piece, "namespace") is { } space || piece.Name == "sqlMap"))
        {
            (Namespace, _isOld) = (_tags.Attribute(piece, "namespace") ?? string.Empty, piece.Name == "sqlMap");
        }
        else if (isConfiguration && piece.Name == "property" && _tags.Attribute(piece, "name") is { Length: > 0 and < LongestName } name && _tags.Attribute(piece, "value") is not null)
        {
            Settings.Add(name);
        }
    }

    private void Take(MarkupPiece piece)
    {
        if (_open is not null)
        {
            if (piece.Kind == MarkupKind.Close && piece.Name == _kind)
            {
                (_open, _include) = (null, null);
                _names.Clear();
                _loops.Clear();
                _pins.Clear();
            }
            else
            {
                Inside(piece, _open);
            }
        }
        else if (piece.Kind == MarkupKind.Open && IsStatement(piece.Name) && _tags.Attribute(piece, "id") is { Length: > 0 } id)
        {
            (_open, _kind, _harmless) = (new MapperText(), piece.Name, 0);
            if (piece.Name != "sql")
            {
                Statements.Add((id, _open));
            }
            else if (!Pieces.TryAdd(id, _open))
            {
                // Variants for several databases have one name.
                _open = Pieces[id];
            }
        }
    }

    private bool IsStatement(string tag) => tag is "select" or "insert" or "update" or "delete" or "sql" || (_isOld && tag is "statement" or "procedure");

    private void Inside(MarkupPiece piece, MapperText into)
    {
        switch (piece.Kind, piece.Name)
        {
            case (MarkupKind.Text, _):
                Holes(piece.From, piece.To);
                break;
            case (MarkupKind.Open, "foreach" or "iterate"):
                Loop(piece, into);
                break;
            case (MarkupKind.Close, "foreach" or "iterate") when _loops.TryPop(out var before):
                _names.RemoveRange(before, _names.Count - before);
                break;
            case (MarkupKind.Open, "if" or "when"):
                _pins.Open(_tags.Attribute(piece, "test") ?? string.Empty, _names);
                break;
            case (MarkupKind.Close, "if" or "when"):
                _pins.Close();
                break;
            case (MarkupKind.Open or MarkupKind.Alone, "bind"):
                Bind(piece, into);
                break;
            case (MarkupKind.Open or MarkupKind.Alone, "include"):
                Include(piece, into);
                break;
            case (MarkupKind.Close, "include"):
                _include = null;
                break;
            case (MarkupKind.Open or MarkupKind.Alone, "property") when _include is not null:
                Property(piece, _include);
                break;
        }
    }

    private void Bind(MarkupPiece piece, MapperText into)
    {
        if (_tags.Attribute(piece, "name") is not { Length: > 0 } bound)
        {
            return;
        }

        into.IsCut |= _names.Count >= MostProperties;
        if (_names.Count < MostProperties)
        {
            _names.Add(new MapperName(bound, [.. OgnlPaths.Of(_tags.Attribute(piece, "value") ?? string.Empty).SelectMany(p => MapperName.Meant(p, _names)).Take(MostProperties)]));
        }
    }

    private void Loop(MarkupPiece piece, MapperText into)
    {
        _loops.Push(_names.Count);
        var from = _tags.Attribute(piece, _isOld ? "property" : "collection");
        if (from is null || _names.Count > MostProperties)
        {
            into.IsCut |= from is not null;
            return;
        }

        var elements = OgnlPaths.Of(from).SelectMany(p => MapperName.Meant(p, _names)).Select(p => p + ".[]").Take(MostProperties).ToList();
        if (_tags.Attribute(piece, "item") is { Length: > 0 } item)
        {
            _names.Add(new MapperName(item, elements));
        }

        if (_tags.Attribute(piece, "index") is { Length: > 0 } index)
        {
            // The key where a map is gone through; else a number.
            _names.Add(new MapperName(index, []));
        }
    }

    private void Include(MarkupPiece piece, MapperText into)
    {
        if (_tags.Attribute(piece, "refid") is not { Length: > 0 } id)
        {
            return;
        }

        if (into.Includes.Count >= MostIncludes)
        {
            into.IsCut = true;
            return;
        }

        var include = new MapperInclude(id, new Dictionary<string, string>(StringComparer.Ordinal), [.. _names]);
        into.Includes.Add(include);
        _include = piece.Kind == MarkupKind.Open ? include : null;
    }

    private void Property(MarkupPiece piece, MapperInclude include)
    {
        if (_tags.Attribute(piece, "name") is { } name && include.Properties is Dictionary<string, string> { Count: < MostProperties } properties)
        {
            properties[name] = _tags.Attribute(piece, "value") ?? string.Empty;
        }
    }

    private void Holes(int from, int to)
    {
        Add(text, from, to, null);
        for (var at = from; _tags.Entities.Count > 0 && (at = text.IndexOf('&', at, to - at)) >= 0; at++)
        {
            if (text.IndexOf(';', at, Math.Min(to - at, LongestName)) is > 0 and var end && _tags.Entities.TryGetValue(text[(at + 1)..end], out var value))
            {
                Add(value, 0, value.Length, at);
            }
        }
    }

    private void Add(string from, int start, int to, int? place)
    {
        foreach (var (name, at) in _isOld ? MapperSigns.Old(from, start, to) : MapperSigns.New(from, start, to))
        {
            foreach (var written in OgnlPaths.Of(name))
            {
                var isHarmless = _pins.Has(written, _names);
                _harmless += isHarmless ? 1 : 0;
                if (!(isHarmless ? Fits() : MapperName.Meant(written, _names).All(p => Keep(p, place ?? at))))
                {
                    return;
                }
            }
        }
    }

    private bool Keep(string hole, int at)
    {
        var fits = Fits();
        if (fits)
        {
            _open!.Holes.Add(new MapperHole(hole, new CodePlace(path, at)));
        }

        return fits;
    }

    private bool Fits()
    {
        var fits = _open!.Holes.Count + _harmless < MostHoles;
        _open.IsCut |= !fits;
        return fits;
    }

    /// <summary>As people name it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{path}: {Statements.Count}");
}
