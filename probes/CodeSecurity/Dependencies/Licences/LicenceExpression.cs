using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One reading of an expression: the class of a choice is that of its mildest part, the class of a sum that of its strictest.</summary>
internal sealed class LicenceExpression(LicenceBook book, List<string> words)
{
    private const int Deepest = 10;

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

        if (book.Find(words[_at].TrimEnd('+')) is not { } licence)
        {
            return null;
        }

        IsOfIds &= licence.Id == words[_at];
        _at++;
        return Take("WITH") ? WithException(licence.Class) : licence.Class;
    }

    /// <summary>What nobody knows may take back what a mild licence grants; of a strict one it cannot be worse than it is.</summary>
    private LicenceClass? WithException(LicenceClass kind)
    {
        if (_at >= words.Count)
        {
            return null;
        }

        var isKnown = book.IsException(words[_at++]);
        IsOfIds &= isKnown;
        return isKnown && kind == LicenceClass.StrongCopyleft ? LicenceClass.WeakCopyleft : isKnown || kind >= LicenceClass.Other ? kind : null;
    }

    private bool Take(string word)
    {
        var isHere = _at < words.Count && words[_at].Equals(word, StringComparison.OrdinalIgnoreCase);
        _at += isHere ? 1 : 0;
        return isHere;
    }
}
