namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values that the conditions which are open let through only where they are one of the texts named there.</summary>
internal sealed class MapperPins
{
    /// <summary>Conditions within conditions; what stands deeper makes nothing harmless.</summary>
    private const int Deepest = 64;

    private readonly Stack<List<(string Path, MapperName? Name)>> _open = new();
    private readonly Dictionary<(string Path, MapperName? Name), int> _pinned = new(ByName.Instance);
    private int _depth;

    /// <param name="test">As the file writes it.</param>
    /// <param name="names">What names mean there, the outermost first.</param>
    public void Open(string test, List<MapperName> names)
    {
        if (++_depth > Deepest)
        {
            return;
        }

        var pins = OgnlPins.Of(test).Select(p => (p, Meant(p, names))).ToList();
        _open.Push(pins);
        foreach (var pin in pins)
        {
            _pinned[pin] = _pinned.GetValueOrDefault(pin) + 1;
        }
    }

    public void Close()
    {
        if (_depth > 0 && --_depth < Deepest)
        {
            foreach (var pin in _open.Pop())
            {
                if (--_pinned[pin] == 0)
                {
                    _pinned.Remove(pin);
                }
            }
        }
    }

    public void Clear()
    {
        _open.Clear();
        _pinned.Clear();
        _depth = 0;
    }

    /// <summary>A condition speaks of that very value: what a name means has not changed since.</summary>
    public bool Has(string path, List<MapperName> names) => _depth > 0 && _pinned.GetValueOrDefault((path, Meant(path, names))) > 0;

    /// <returns>Null where it is a parameter of the statement.</returns>
    private static MapperName? Meant(string path, List<MapperName> names)
    {
        var cut = path.IndexOf('.', StringComparison.Ordinal);
        var root = path.AsSpan(0, cut < 0 ? path.Length : cut);
        for (var i = names.Count - 1; i >= 0; i--)
        {
            if (root.SequenceEqual(names[i].Name))
            {
                return names[i];
            }
        }

        return null;
    }

    /// <summary>Two names that read the same are two.</summary>
    private sealed class ByName : IEqualityComparer<(string Path, MapperName? Name)>
    {
        public static ByName Instance { get; } = new();

        public bool Equals((string Path, MapperName? Name) x, (string Path, MapperName? Name) y) => ReferenceEquals(x.Name, y.Name) && x.Path == y.Path;

        public int GetHashCode((string Path, MapperName? Name) obj) => obj.Path.GetHashCode(StringComparison.Ordinal);
    }
}
