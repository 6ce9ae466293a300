using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaBranch> _branches = new();
    private readonly Scratch<JavaCatch> _catches = new();

    private JavaIf If()
    {
        var (first, mark) = (_at, _branches.Mark);
        JavaStatement? otherwise = null;
        do
        {
            var branch = _at++;
            var condition = Parenthesized();
            var then = Part();
            _branches.Add(new JavaBranch(Span(branch), condition, then));
            if (!Accept(JavaTokenKind.Else))
            {
                break;
            }

            otherwise = Kind == JavaTokenKind.If ? null : Part();
        }
        while (otherwise is null && Kind == JavaTokenKind.If);

        var branches = _branches.Take(mark);
        return new JavaIf(Span(first), branches, otherwise);
    }

    /// <summary>A statement that belongs to the one around it; not read where that one failed before.</summary>
    private JavaStatement Part()
    {
        if (_failed || Kind is JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile)
        {
            Fail(JavaGapReason.Unexpected);
            return new JavaEmpty(Missing().Span);
        }

        return Statement();
    }

    private JavaWhile While()
    {
        var first = _at++;
        var condition = Parenthesized();
        var body = Part();
        return new JavaWhile(Span(first), condition, body);
    }

    private JavaDo Do()
    {
        var first = _at++;
        var body = Part();
        Expect(JavaTokenKind.While);
        var condition = Parenthesized();
        Expect(JavaTokenKind.Semicolon);
        return new JavaDo(Span(first), body, condition);
    }

    private JavaSynchronized Synchronized()
    {
        var first = _at++;
        var value = Parenthesized();
        var body = Block();
        return new JavaSynchronized(Span(first), value, body);
    }

    private JavaStatement For()
    {
        var first = _at++;
        Expect(JavaTokenKind.OpenParen);
        var start = _at;
        var mark = _statements.Mark;
        if (Kind is JavaTokenKind.Final or JavaTokenKind.At || IsVariable())
        {
            var (modifiers, annotations) = Modifiers();
            var type = Type();
            if (Kind == JavaTokenKind.Identifier && KindAt(BehindDimensions(_at + 1)) == JavaTokenKind.Colon)
            {
                var name = Identifier();
                var dimensions = Dimensions();
                return ForEach(first, new JavaParameter(Span(start), modifiers, annotations, type, false, name, dimensions));
            }

            var variables = Variables();
            _statements.Add(new JavaLocalVariables(Span(start), modifiers, annotations, type, variables));
        }
        else
        {
            foreach (var expression in ExpressionList(JavaTokenKind.Semicolon))
            {
                _statements.Add(new JavaExpressionStatement(expression.Span, expression));
            }
        }

        var initial = _statements.Take(mark);
        Expect(JavaTokenKind.Semicolon);
        var condition = Kind == JavaTokenKind.Semicolon ? null : Expression();
        Expect(JavaTokenKind.Semicolon);
        var steps = ExpressionList(JavaTokenKind.CloseParen);
        Expect(JavaTokenKind.CloseParen);
        var body = Part();
        return new JavaFor(Span(first), initial, condition, steps, body);
    }

    private JavaForEach ForEach(int first, JavaParameter variable)
    {
        Expect(JavaTokenKind.Colon);
        var values = Expression();
        Expect(JavaTokenKind.CloseParen);
        var body = Part();
        return new JavaForEach(Span(first), variable, values, body);
    }

    private ImmutableArray<JavaExpression> ExpressionList(JavaTokenKind end)
    {
        var mark = _expressions.Mark;
        if (Kind != end)
        {
            do
            {
                _expressions.Add(Expression());
            }
            while (Accept(JavaTokenKind.Comma));
        }

        return _expressions.Take(mark);
    }

    private JavaTry Try()
    {
        var first = _at++;
        var resources = Kind == JavaTokenKind.OpenParen ? Resources() : [];
        var body = Block();
        var mark = _catches.Mark;
        while (Kind == JavaTokenKind.Catch)
        {
            Catch();
        }

        var catches = _catches.Take(mark);
        var last = Accept(JavaTokenKind.Finally) ? Block() : null;
        return new JavaTry(Span(first), resources, body, catches, last);
    }

    private ImmutableArray<JavaStatement> Resources()
    {
        var mark = _statements.Mark;
        _at++;
        while (Kind is not (JavaTokenKind.CloseParen or JavaTokenKind.EndOfFile))
        {
            var first = _at;
            if (Kind is JavaTokenKind.Final or JavaTokenKind.At || IsVariable())
            {
                var (modifiers, annotations) = Modifiers();
                _statements.Add(LocalVariables(first, modifiers, annotations));
            }
            else
            {
                var expression = Expression();
                _statements.Add(new JavaExpressionStatement(Span(first), expression));
            }

            if (!Accept(JavaTokenKind.Semicolon))
            {
                break;
            }
        }

        Expect(JavaTokenKind.CloseParen);
        return _statements.Take(mark);
    }

    private void Catch()
    {
        var first = _at++;
        Expect(JavaTokenKind.OpenParen);
        var (_, annotations) = Modifiers();
        var mark = _types.Mark;
        do
        {
            _types.Add(Type());
        }
        while (Accept(JavaTokenKind.Or));
        var types = _types.Take(mark);
        var name = Identifier();
        Expect(JavaTokenKind.CloseParen);
        var body = Block();
        _catches.Add(new JavaCatch(Span(first), annotations, types, name, body));
    }
}
