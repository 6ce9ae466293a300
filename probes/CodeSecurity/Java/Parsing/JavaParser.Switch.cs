using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaSwitchCase> _cases = new();

    private JavaSwitch Switch()
    {
        var first = _at;
        var (subject, cases) = SwitchParts();
        return new JavaSwitch(Span(first), subject, cases);
    }

    private JavaSwitchExpression SwitchExpression()
    {
        var first = _at;
        var (subject, cases) = SwitchParts();
        return new JavaSwitchExpression(Span(first), subject, cases);
    }

    private (JavaExpression Subject, ImmutableArray<JavaSwitchCase> Cases) SwitchParts()
    {
        _at++;
        var subject = Parenthesized();
        var open = _at;
        if (!Expect(JavaTokenKind.OpenBrace))
        {
            return (subject, []);
        }

        var constantsOnly = _constantsOnly;
        var mark = _cases.Mark;
        while (Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            Case();
        }

        _constantsOnly = constantsOnly;
        CloseBody(open);
        return (subject, _cases.Take(mark));
    }

    private void Case()
    {
        var first = _at;
        var (labels, patterns, isDefault) = (_expressions.Mark, _patterns.Mark, Accept(JavaTokenKind.Default));
        _constantsOnly = true;
        if (!isDefault && Expect(JavaTokenKind.Case))
        {
            do
            {
                isDefault |= Label();
            }
            while (Accept(JavaTokenKind.Comma));
        }

        JavaExpression? guard = null;
        if (IsWord(_at, "when"))
        {
            _at++;
            guard = Conditional();
        }

        _constantsOnly = false;
        var (constants, shapes) = (_expressions.Take(labels), _patterns.Take(patterns));
        var isArrow = Accept(JavaTokenKind.Arrow);
        if (!isArrow)
        {
            Expect(JavaTokenKind.Colon);
        }

        if (_failed)
        {
            SkipCase(first);
            return;
        }

        var body = isArrow ? ArrowBody() : CaseBody();
        _cases.Add(new JavaSwitchCase(Span(first), constants, shapes, guard, isDefault, isArrow, body));
    }

    /// <returns>Whether it is <c>default</c>.</returns>
    private bool Label()
    {
        if (Accept(JavaTokenKind.Default))
        {
            return true;
        }

        if (IsPattern())
        {
            _patterns.Add(Pattern());
        }
        else
        {
            _expressions.Add(Conditional());
        }

        return false;
    }

    private ImmutableArray<JavaStatement> ArrowBody()
    {
        var mark = _statements.Mark;
        if (Kind is JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile)
        {
            return [];
        }

        var first = _at;
        if (Kind is JavaTokenKind.OpenBrace or JavaTokenKind.Throw)
        {
            _statements.Add(Statement());
            return _statements.Take(mark);
        }

        JavaStatement statement = ExpressionStatement(first);
        _statements.Add(_failed ? SkipStatement(first) : statement);
        return _statements.Take(mark);
    }

    private ImmutableArray<JavaStatement> CaseBody()
    {
        var mark = _statements.Mark;
        while (Kind is not (JavaTokenKind.Case or JavaTokenKind.Default or JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            _statements.Add(Statement());
        }

        return _statements.Take(mark);
    }

    /// <summary>A case whose label was not understood is a gap up to the next case.</summary>
    private void SkipCase(int first)
    {
        TakeUpAgain();
        var at = SkipFrom(first + 1);
        while (at < _end && (at < _stop || KindAt(at) is not (JavaTokenKind.Case or JavaTokenKind.Default)) && KindAt(at) != JavaTokenKind.CloseBrace)
        {
            at = Behind(at);
        }

        NoteGap(first, at, null);
    }
}
