namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal enum MarkupKind : byte
{
    Text,
    Open,
    Close,
    Alone,
}

/// <summary>A tag, or text between tags.</summary>
/// <param name="Name">Of a tag, as it is written; empty of text.</param>
/// <param name="From">Index of its first character.</param>
/// <param name="To">Behind its last character.</param>
internal readonly record struct MarkupPiece(MarkupKind Kind, string Name, int From, int To);

/// <summary>Markup as tags and text, with places; comments, instructions and the declaration of the kind of document are left out. Time is linear in the length.</summary>
/// <param name="text">Never needs to be well formed.</param>
internal sealed class MarkupTags(string text)
{
    private const int LongestTag = 32_768;
    private const int LongestEntity = 4_000;
    private const int MostEntities = 200;

    private int _at;
    private int _declared;

    /// <summary>A tag or comment nobody closes: nothing behind it was read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Texts that stand for names between <c>&amp;</c> and <c>;</c>.</summary>
    public Dictionary<string, string> Entities { get; } = new(StringComparer.Ordinal);

    public IEnumerable<MarkupPiece> All()
    {
        while (_at < text.Length)
        {
            var next = text.IndexOf('<', _at);
            var end = next < 0 ? text.Length : next;
            if (end > _at)
            {
                yield return new MarkupPiece(MarkupKind.Text, string.Empty, _at, end);
            }

            if (next < 0)
            {
                yield break;
            }

            _at = next;
            if (Starts("<![CDATA["))
            {
                var (from, close) = (_at + "<![CDATA[".Length, text.IndexOf("]]>", _at, StringComparison.Ordinal));
                yield return new MarkupPiece(MarkupKind.Text, string.Empty, from, close < 0 ? text.Length : close);
                Skip(close, "]]>".Length);
            }
            else if (!SkipOther())
            {
                if (Tag() is { } tag)
                {
                    yield return tag;
                }
                else if (_at < text.Length)
                {
                    // No tag but a sign for less.
                    yield return new MarkupPiece(MarkupKind.Text, string.Empty, _at, ++_at);
                }
            }
        }
    }

    /// <summary>Value of an attribute of a tag; null where it has none of that name.</summary>
    public string? Attribute(MarkupPiece tag, string name) => AttributeAt(tag, name) is { } found ? text[found.From..found.To] : null;

    public (int From, int To)? AttributeAt(MarkupPiece tag, string name)
    {
        foreach (var (own, from, to) in Attributes(tag))
        {
            if (own.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return (from, to);
            }
        }

        return null;
    }

    /// <summary>Names and places of values, without quotes.</summary>
    public IEnumerable<(string Name, int From, int To)> Attributes(MarkupPiece tag)
    {
        for (var at = tag.From + 1 + tag.Name.Length; at < tag.To;)
        {
            while (at < tag.To && (char.IsWhiteSpace(text[at]) || text[at] is '/' or '>'))
            {
                at++;
            }

            var name = at;
            while (at < tag.To && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '/'))
            {
                at++;
            }

            var named = text[name..at];
            while (at < tag.To && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at >= tag.To || text[at] != '=')
            {
                at = Math.Max(at, name + 1);
                continue;
            }

            at++;
            while (at < tag.To && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at < tag.To && text[at] is '"' or '\'' && text.IndexOf(text[at], at + 1, tag.To - at - 1) is > 0 and var end)
            {
                yield return (named, at + 1, end);
                at = end + 1;
            }
            else
            {
                var from = at;
                while (at < tag.To && !char.IsWhiteSpace(text[at]) && text[at] != '>')
                {
                    at++;
                }

                yield return (named, from, at);
            }
        }
    }

    private bool Starts(string with) => string.CompareOrdinal(text, _at, with, 0, with.Length) == 0;

    private void Skip(int to, int more)
    {
        IsCut |= to < 0;
        _at = to < 0 ? text.Length : to + more;
    }

    private bool SkipOther()
    {
        if (Starts("<!--"))
        {
            Skip(text.IndexOf("-->", _at, StringComparison.Ordinal), 3);
        }
        else if (Starts("<?"))
        {
            Skip(text.IndexOf("?>", _at, StringComparison.Ordinal), 2);
        }
        else if (Starts("<!"))
        {
            Declaration();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Declaration()
    {
        var end = text.IndexOf('>', _at);
        var inner = end < 0 || !Starts("<!DOCTYPE") ? -1 : text.IndexOf('[', _at, end - _at);
        if (inner < 0)
        {
            Skip(end, 1);
            return;
        }

        var close = text.IndexOf("]>", inner, StringComparison.Ordinal);
        var upTo = close < 0 ? text.Length : close;
        for (var at = inner; _declared++ < MostEntities && (at = text.IndexOf("<!ENTITY", at, upTo - at, StringComparison.Ordinal)) >= 0;)
        {
            at += "<!ENTITY".Length;
            var rest = text.AsSpan(at, Math.Min(LongestEntity, upTo - at)).TrimStart();
            var name = rest.IndexOfAny(" \t\r\n") is > 0 and var cut ? rest[..cut].ToString() : string.Empty;
            var value = rest[name.Length..].TrimStart();
            if (name.Length > 0 && value.Length > 1 && value[0] is '"' or '\'' && value[1..].IndexOf(value[0]) is >= 0 and var length)
            {
                Entities.TryAdd(name, value.Slice(1, length).ToString());
            }
        }

        Skip(close, "]>".Length);
    }

    /// <returns>Null where none begins; or none ends, which ends reading.</returns>
    private MarkupPiece? Tag()
    {
        var isClose = _at + 1 < text.Length && text[_at + 1] == '/';
        var name = _at + (isClose ? 2 : 1);
        var at = name;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or ':' or '.' or '@' or '#'))
        {
            at++;
        }

        if (at == name)
        {
            return null;
        }

        var named = text[name..at];
        for (var quote = '\0'; ; at++)
        {
            if (at >= text.Length || at - _at > LongestTag)
            {
                (_at, IsCut) = (text.Length, true);
                return null;
            }

            if (quote != '\0')
            {
                quote = text[at] == quote ? '\0' : quote;
            }
            else if (text[at] is '"' or '\'')
            {
                quote = text[at];
            }
            else if (text[at] == '>')
            {
                break;
            }
        }

        var piece = new MarkupPiece(isClose ? MarkupKind.Close : text[at - 1] == '/' ? MarkupKind.Alone : MarkupKind.Open, named, _at, at + 1);
        _at = at + 1;
        return piece;
    }
}
