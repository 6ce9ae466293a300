namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Elements of a page that are written into a script. In their text a quote and the signs of a comment are characters like any other; where they are
/// read as more than that and code may lie in it, the file was perhaps not read as the compiler reads it.
/// </summary>
internal sealed partial class Scanner
{
    /// <summary>Names whose end is looked for; whoever uses more of them has an end for each.</summary>
    private const int MostElementNames = 200;

    private const int MostElements = 2000;

    /// <summary>Open braces at which the text of each open element stands.</summary>
    private readonly Stack<int> _elements = new();

    /// <summary>Tags that are being read; another may stand in a value of one.</summary>
    private readonly Stack<(bool IsEnd, int Braces)> _tags = new();

    /// <summary>Where the last end of a name stands; −1 where there is none.</summary>
    private readonly Dictionary<string, int> _lastEnds = new(StringComparer.Ordinal);

    private int _braces;

    private bool IsInText => _elements.TryPeek(out var text) && text == _braces && !IsInTag;

    private bool IsInTag => _tags.TryPeek(out var tag) && tag.Braces == _braces;

    /// <summary>Of each sign of a script.</summary>
    private void FollowElement(char c)
    {
        switch (c)
        {
            case '{':
                _braces++;
                break;
            case '}':
                _braces--;
                Heal();
                break;
            case '<' when _tags.Count < MostElements && _elements.Count < MostElements && BeginsElement() is { } isEnd:
                _tags.Push((isEnd, _braces));
                break;
            case '>' when IsInTag:
                EndTag(_tags.Pop().IsEnd);
                break;
        }
    }

    private void EndTag(bool isEnd)
    {
        if (isEnd)
        {
            _elements.TryPop(out _);
        }
        else if (_at == 0 || _text[_at - 1] != '/')
        {
            _elements.Push(_braces);
        }
    }

    /// <summary>What was taken for an element and is none ends with the block around it.</summary>
    private void Heal()
    {
        while (_elements.TryPeek(out var text) && text > _braces)
        {
            _elements.Pop();
        }

        while (_tags.TryPeek(out var tag) && tag.Braces > _braces)
        {
            _tags.Pop();
        }
    }

    /// <returns>Whether it is the tag at its end; null where none begins.</returns>
    private bool? BeginsElement()
    {
        var next = Peek(1);
        if (IsInText)
        {
            return next == '/' ? true : char.IsLetter(next) || next == '>' ? false : null;
        }

        if (!char.IsLetter(next) && next != '>')
        {
            return null;
        }

        var last = Last(0, out var kind);
        var isBehindValue = kind != CodeTokenKind.Sign || last is ")" or "]" or ">";
        return isBehindValue && !(kind == CodeTokenKind.Word && IsOperatorWord(last)) && _tokens.Count > 0 ? null : HasEnd(NameAt(_at + 1)) ? false : null;
    }

    private bool HasEnd(string name)
    {
        if (!_lastEnds.TryGetValue(name, out var last))
        {
            if (_lastEnds.Count >= MostElementNames)
            {
                return true;
            }

            _lastEnds[name] = last = _text.LastIndexOf(name.Length == 0 ? "</>" : $"</{name}", StringComparison.Ordinal);
        }

        return last > _at;
    }

    /// <param name="isInText">Where it began.</param>
    /// <param name="start">First character of what was read as a literal or a comment.</param>
    /// <param name="end">Behind its last.</param>
    /// <param name="line">Of its beginning.</param>
    private void DoubtText(bool isInText, int start, int end, int line)
    {
        if (isInText && _text.AsSpan(start, end - start).ContainsAny('<', '{'))
        {
            Doubt("引号或注释号可能只是页面文字", line);
        }
    }
}
