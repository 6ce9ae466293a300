using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A licence as it was read.</summary>
/// <param name="Written">As the component says it.</param>
/// <param name="Id">Of SPDX's list; null where it is none or several.</param>
/// <param name="IsExpression">Several identifiers put together as SPDX does, each of them in the list.</param>
/// <param name="Class">Null where nobody knows.</param>
internal sealed record ReadLicence(string Written, string? Id, bool IsExpression, LicenceClass? Class);

/// <summary>Reads what components say of their licences (SPDX licence expressions, Annex D of the SPDX specification 2.3).</summary>
internal sealed class LicenceBook
{
    private const int Longest = 300;
    private const int Deepest = 10;

    private readonly Dictionary<string, Licence> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LicenceClass> _families = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _exceptions = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<Licence> _byText;

    public LicenceBook(IReadOnlyList<LicenceTable> tables)
    {
        foreach (var (name, licence) in tables.SelectMany(t => t.Licences).SelectMany(l => l.Names.Prepend(l.Id).Select(n => (n, l))))
        {
            _byName.TryAdd(name, licence);
        }

        foreach (var (name, kind) in tables.SelectMany(t => t.Families).SelectMany(f => f.Names.Select(n => (n, f.Class))))
        {
            _families.TryAdd(name, kind);
        }

        _exceptions.UnionWith(tables.SelectMany(t => t.Exceptions));
        _byText = [.. tables.SelectMany(t => t.Licences).Where(l => l.Text.Count > 0)];
    }

    public ReadLicence Read(string written)
    {
        var text = written.Trim();
        if (text.Length is 0 or > Longest)
        {
            return new ReadLicence(text.Length > Longest ? text[..Longest] : text, null, false, null);
        }

        if (_byName.TryGetValue(text, out var known))
        {
            return new ReadLicence(text, known.Id, false, known.Class);
        }

        if (_families.TryGetValue(text, out var family))
        {
            return new ReadLicence(text, null, false, family);
        }

        var reading = new Expression(this, Words(text));
        return reading.Whole() is { } kind ? new ReadLicence(text, null, reading.IsOfIds, kind) : new ReadLicence(text, null, false, null);
    }

    /// <summary>The identifier whose sentences a text has; null where none or more than one does.</summary>
    public string? OfText(string text)
    {
        var plain = string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        List<Licence> found = [.. _byText.Where(l => l.Text.All(t => plain.Contains(t, StringComparison.Ordinal)) && !l.Lacks.Any(t => plain.Contains(t, StringComparison.Ordinal)))];
        return found.Count == 1 ? found[0].Id : null;
    }

    private static List<string> Words(string text) =>
        [.. text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>One reading of an expression: the class of a choice is that of its mildest part, the class of a sum that of its strictest.</summary>
    private sealed class Expression(LicenceBook book, List<string> words)
    {
        private int _at;

        /// <summary>Every part stands in the list by its identifier.</summary>
        public bool IsOfIds { get; private set; } = true;

        public LicenceClass? Whole() => words.Count > 0 && Either(0) is { } kind && _at == words.Count ? kind : null;

        private LicenceClass? Either(int depth)
        {
            var kind = Both(depth);
            while (kind is not null && Take("OR"))
            {
                kind = Both(depth) is { } other ? (LicenceClass)Math.Min((int)kind, (int)other) : null;
            }

            return kind;
        }

        private LicenceClass? Both(int depth)
        {
            var kind = One(depth);
            while (kind is not null && Take("AND"))
            {
                kind = One(depth) is { } other ? (LicenceClass)Math.Max((int)kind, (int)other) : null;
            }

            return kind;
        }

        private LicenceClass? One(int depth)
        {
            if (depth > Deepest || _at >= words.Count)
            {
                return null;
            }

            if (Take("("))
            {
                var inner = Either(depth + 1);
                return Take(")") ? inner : null;
            }

            if (!book._byName.TryGetValue(words[_at].TrimEnd('+'), out var licence))
            {
                return null;
            }

            IsOfIds &= licence.Id == words[_at];
            _at++;
            return Take("WITH") ? WithException(licence.Class) : licence.Class;
        }

        private LicenceClass? WithException(LicenceClass kind)
        {
            if (_at >= words.Count)
            {
                return null;
            }

            var isKnown = book._exceptions.Contains(words[_at++]);
            IsOfIds &= isKnown;
            return isKnown && kind == LicenceClass.StrongCopyleft ? LicenceClass.WeakCopyleft : kind;
        }

        private bool Take(string word)
        {
            var isHere = _at < words.Count && words[_at].Equals(word, StringComparison.OrdinalIgnoreCase);
            _at += isHere ? 1 : 0;
            return isHere;
        }
    }
}
