using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaStatement> _statements = new();

    private JavaBlock Block()
    {
        var open = _at;
        if (!Expect(JavaTokenKind.OpenBrace))
        {
            return new JavaBlock(Missing().Span, []);
        }

        var constantsOnly = _constantsOnly;
        _constantsOnly = false;
        var statements = Statements(open);
        _constantsOnly = constantsOnly;
        return new JavaBlock(Span(open), statements);
    }

    private ImmutableArray<JavaStatement> Statements(int open)
    {
        var mark = _statements.Mark;
        while (Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            if (Kind is JavaTokenKind.Public or JavaTokenKind.Private or JavaTokenKind.Protected)
            {
                // None of these begins a statement: the brace that ends the method is missing.
                Note(SpanOf(open), JavaGapReason.NotClosed, _tokens[_at].Start, null);
                return _statements.Take(mark);
            }

            _statements.Add(Statement());
        }

        CloseBody(open);
        return _statements.Take(mark);
    }

    /// <summary>One statement, or a gap; takes at least one token where another than a closing brace or the end is there.</summary>
    private JavaStatement Statement()
    {
        var first = _at;
        var statement = Enter() ? StatementCore(first) : new JavaEmpty(Missing().Span);
        Leave();
        if (_failed)
        {
            statement = SkipStatement(first);
            if (_at == first && Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
            {
                _at++;
            }
        }

        return statement;
    }

    private JavaStatement StatementCore(int first)
    {
        switch (Kind)
        {
            case JavaTokenKind.OpenBrace:
                return Block();
            case JavaTokenKind.Semicolon:
                _at++;
                return new JavaEmpty(Span(first));
            case JavaTokenKind.If:
                return If();
            case JavaTokenKind.For:
                return For();
            case JavaTokenKind.While:
                return While();
            case JavaTokenKind.Do:
                return Do();
            case JavaTokenKind.Try:
                return Try();
            case JavaTokenKind.Switch:
                return Switch();
            case JavaTokenKind.Synchronized when KindAt(_at + 1) == JavaTokenKind.OpenParen:
                return Synchronized();
            case JavaTokenKind.Return or JavaTokenKind.Throw or JavaTokenKind.Break or JavaTokenKind.Continue or JavaTokenKind.Assert:
                return Jump(first);
            case JavaTokenKind.Class or JavaTokenKind.Interface or JavaTokenKind.Enum or JavaTokenKind.At or JavaTokenKind.Abstract or JavaTokenKind.Final or JavaTokenKind.Static or JavaTokenKind.Strictfp:
                return Declaration(first);
            case JavaTokenKind.Identifier:
                return Worded(first);
            default:
                return IsPrimitive(Kind) && IsVariable() ? Declaration(first) : ExpressionStatement(first);
        }
    }

    /// <summary>What begins with a word that is no keyword.</summary>
    private JavaStatement Worded(int first)
    {
        switch (KindAt(_at + 1))
        {
            case JavaTokenKind.Colon:
                var label = Identifier();
                _at++;
                var body = Statement();
                return new JavaLabeled(Span(first), label, body);
            case JavaTokenKind.OpenParen when !IsWord(_at, "yield"):
            case JavaTokenKind.Assign:
                return ExpressionStatement(first);
            default:
                if (IsYield())
                {
                    _at++;
                    var value = Expression();
                    Expect(JavaTokenKind.Semicolon);
                    return new JavaYield(Span(first), value);
                }

                return IsRecord(_at) || IsSealed(_at) || IsNonSealed(_at) || IsVariable() ? Declaration(first) : ExpressionStatement(first);
        }
    }

    /// <summary><c>yield</c> with a value behind it; in older code it can be the name of a variable or method.</summary>
    private bool IsYield() => IsWord(_at, "yield") && KindAt(_at + 1) switch
    {
        JavaTokenKind.Identifier or JavaTokenKind.This or JavaTokenKind.Super or JavaTokenKind.New or JavaTokenKind.Switch or JavaTokenKind.Plus or JavaTokenKind.Minus or JavaTokenKind.Not or JavaTokenKind.Complement => true,
        JavaTokenKind.Increment or JavaTokenKind.Decrement => KindAt(_at + 2) != JavaTokenKind.Semicolon,
        JavaTokenKind.OpenParen => KindAt(_at + 2) != JavaTokenKind.CloseParen,
        var kind => IsLiteral(kind) || IsPrimitive(kind),
    };

    /// <summary>A local variable or type.</summary>
    private JavaStatement Declaration(int first)
    {
        var (modifiers, annotations) = Modifiers();
        if (TypeKind() is { } kind)
        {
            var member = _member;
            var declaration = TypeDeclaration(first, modifiers, annotations, kind);
            _member = member;
            return new JavaLocalType(declaration.Span, declaration);
        }

        var variables = LocalVariables(first, modifiers, annotations);
        Expect(JavaTokenKind.Semicolon);
        return new JavaLocalVariables(Span(first), modifiers, annotations, variables.Type, variables.Variables);
    }

    private JavaLocalVariables LocalVariables(int first, JavaModifiers modifiers, ImmutableArray<JavaAnnotation> annotations)
    {
        var type = Type();
        var variables = Variables();
        return new JavaLocalVariables(Span(first), modifiers, annotations, type, variables);
    }

    private JavaExpressionStatement ExpressionStatement(int first)
    {
        var expression = Expression();
        Expect(JavaTokenKind.Semicolon);
        return new JavaExpressionStatement(Span(first), expression);
    }

    private JavaStatement Jump(int first)
    {
        var kind = _tokens[_at++].Kind;
        JavaExpression? value = null;
        string? label = null;
        JavaExpression? message = null;
        if (kind is JavaTokenKind.Break or JavaTokenKind.Continue)
        {
            label = Kind == JavaTokenKind.Identifier ? Identifier() : null;
        }
        else if (kind != JavaTokenKind.Return || Kind != JavaTokenKind.Semicolon)
        {
            value = Expression();
            message = kind == JavaTokenKind.Assert && Accept(JavaTokenKind.Colon) ? Expression() : null;
        }

        Expect(JavaTokenKind.Semicolon);
        return kind switch
        {
            JavaTokenKind.Break => new JavaBreak(Span(first), label),
            JavaTokenKind.Continue => new JavaContinue(Span(first), label),
            JavaTokenKind.Throw => new JavaThrow(Span(first), value!),
            JavaTokenKind.Assert => new JavaAssert(Span(first), value!, message),
            _ => new JavaReturn(Span(first), value),
        };
    }
}
