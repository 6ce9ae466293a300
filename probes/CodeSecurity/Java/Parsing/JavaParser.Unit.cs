using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaImport> _imports = new();
    private readonly Scratch<JavaModuleDirective> _directives = new();
    private readonly Scratch<string> _names = new();

    private JavaUnit Unit(int length)
    {
        var (package, annotations) = (string.Empty, ImmutableArray<JavaAnnotation>.Empty);
        if (BehindAnnotations(_at) is var behind && KindAt(behind) == JavaTokenKind.Package)
        {
            annotations = Annotations();
            _at++;
            package = DottedName();
            EndHead();
        }

        var mark = _imports.Mark;
        while (Kind is JavaTokenKind.Import or JavaTokenKind.Semicolon)
        {
            Import();
        }

        JavaModule? module = null;
        var members = _members.Mark;
        while (_at < _end)
        {
            if (IsModule())
            {
                module = Module();
            }
            else if (Kind == JavaTokenKind.Import)
            {
                Import();
            }
            else if (Kind == JavaTokenKind.CloseBrace)
            {
                Note(SpanOf(_at), JavaGapReason.Unexpected, _tokens[_at++].Start, null);
            }
            else
            {
                Member(JavaTypeKind.Class);
            }
        }

        return new JavaUnit(new JavaSpan(0, length), package, annotations, _imports.Take(mark), _members.Take(members), module, []);
    }

    /// <summary>The semicolon of a line of the head; where it is missing the line is a gap up to the next one.</summary>
    private void EndHead()
    {
        var first = Math.Max(0, (_failed ? _stop : _at) - 1);
        if (!Expect(JavaTokenKind.Semicolon))
        {
            SkipMember(first);
        }
    }

    private void Import()
    {
        var first = _at;
        if (Accept(JavaTokenKind.Semicolon))
        {
            return;
        }

        _at++;
        var isStatic = Accept(JavaTokenKind.Static);
        var name = DottedName();
        var all = Accept(JavaTokenKind.Dot);
        if (all)
        {
            Expect(JavaTokenKind.Times);
        }

        if (!Expect(JavaTokenKind.Semicolon))
        {
            SkipMember(first);
            return;
        }

        _imports.Add(new JavaImport(Span(first), name, isStatic, all));
    }

    /// <summary>Names with dots between; a dot that no name follows is left.</summary>
    private string DottedName()
    {
        var first = _at;
        var name = Identifier();
        while (Kind == JavaTokenKind.Dot && KindAt(_at + 1) == JavaTokenKind.Identifier)
        {
            _at += 2;
        }

        return _failed || _at == first + 1 ? name : Joined(first, _at);
    }

    /// <summary>The text of tokens without what stands between them.</summary>
    private string Joined(int first, int end)
    {
        var (start, last) = (_tokens[first].Start, _tokens[end - 1].End);
        var length = 0;
        for (var i = first; i < end; i++)
        {
            length += _tokens[i].End - _tokens[i].Start;
        }

        if (length == last - start)
        {
            return _words.Find(_text.Code.AsSpan(start, length)).Text;
        }

        var made = new System.Text.StringBuilder(length);
        for (var i = first; i < end; i++)
        {
            made.Append(_text.Code.AsSpan(_tokens[i].Start.._tokens[i].End));
        }

        return made.ToString();
    }

    private bool IsModule()
    {
        var at = BehindAnnotations(_at);
        at = IsWord(at, "open") ? at + 1 : at;
        return IsWord(at, "module") && KindAt(at + 1) == JavaTokenKind.Identifier && KindAt(at + 2) is JavaTokenKind.Dot or JavaTokenKind.OpenBrace;
    }

    private JavaModule Module()
    {
        var first = _at;
        var annotations = Annotations();
        var isOpen = IsWord(_at, "open");
        _at += isOpen ? 2 : 1;
        var name = DottedName();
        var open = _at;
        Expect(JavaTokenKind.OpenBrace);
        var mark = _directives.Mark;
        while (Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            Directive();
        }

        var directives = _directives.Take(mark);
        if (_failed)
        {
            SkipMember(first);
        }
        else
        {
            CloseBody(open);
        }

        return new JavaModule(Span(first), annotations, name, isOpen, directives);
    }

    private void Directive()
    {
        var first = _at;
        var word = Identifier();
        while (word == "requires" && (Accept(JavaTokenKind.Static) || (IsWord(_at, "transitive") && KindAt(_at + 1) == JavaTokenKind.Identifier && ++_at > 0)))
        {
            // Words between say how the module is required, which nothing here asks for.
        }

        var name = DottedName();
        var mark = _names.Mark;
        if (IsWord(_at, "to") || IsWord(_at, "with"))
        {
            do
            {
                _at++;
                _names.Add(DottedName());
            }
            while (Kind == JavaTokenKind.Comma);
        }

        var targets = _names.Take(mark);
        if (Expect(JavaTokenKind.Semicolon))
        {
            _directives.Add(new JavaModuleDirective(Span(first), word, name, targets));
        }
        else
        {
            SkipMember(first);
            _at = Math.Max(_at, first + 1);
        }
    }
}
