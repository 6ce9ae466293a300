namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code of the server in the text of a page, wherever in the page it stands.</summary>
internal sealed partial class Scanner
{
    private enum Islands
    {
        None,
        Php,
        Jsp,
    }

    private Islands _islands;

    private bool IsIsland(int at) => _islands switch
    {
        Islands.Php => at + 1 < _end && _text[at + 1] == '?' && !Stands("<?xml", at),
        Islands.Jsp => at + 1 < _end && _text[at + 1] == '%',
        _ => false,
    };

    private bool TryIsland()
    {
        if (!IsIsland(_at))
        {
            return false;
        }

        var islands = _islands;
        _islands = Islands.None;
        if (islands == Islands.Php)
        {
            PhpIsland();
        }
        else
        {
            JspIsland();
        }

        _islands = islands;
        return true;
    }

    private void PhpIsland()
    {
        var isLong = _at + 5 <= _end && _text.AsSpan(_at, 5).Equals("<?php", StringComparison.OrdinalIgnoreCase);
        Mark(isLong ? 5 : Stands("<?=") ? 3 : 2);
        Code(CodeGrammars.Php, CodeStop.PhpClose);
        if (_at < _end)
        {
            Mark(2);
        }
    }

    private void JspIsland()
    {
        if (Stands("<%--"))
        {
            Take(CodeTokenKind.Comment, AfterOrDoubt("--%>"));
            return;
        }

        var isDirective = Stands("<%@");
        Mark(isDirective || Peek(2) is '=' or '!' ? 3 : 2);
        var hop = _text.AsSpan(_at, _end - _at).IndexOf("%>");
        var end = _end;
        _end = hop < 0 ? _end : _at + hop;
        while (isDirective && _at < _end)
        {
            Attributes();
            if (_at < _end && _text[_at] == '<')
            {
                Mark(1);
            }
        }

        Code(CodeGrammars.Java, CodeStop.None);
        _end = end;
        if (_at < _end)
        {
            Mark(2);
        }
    }
}
