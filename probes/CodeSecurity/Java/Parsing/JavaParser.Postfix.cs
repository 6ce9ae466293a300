using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    /// <summary>The most links on one way down any expression read since the chain around it began: links are read by a loop but make the tree deep all the same.</summary>
    private int _peak;

    private JavaExpression Postfix()
    {
        var (first, outer, links) = (_at, _peak, 0);
        _peak = 0;
        var expression = Primary();
        while (Link(first, expression) is { } next)
        {
            expression = next;
            if (++links + _peak > limits.Links)
            {
                Fail(JavaGapReason.TooDeep);
                break;
            }
        }

        _peak = Math.Max(outer, _peak + links);
        return expression;
    }

    /// <returns>Null where the chain ends.</returns>
    private JavaExpression? Link(int first, JavaExpression target)
    {
        switch (Kind)
        {
            case JavaTokenKind.Dot:
                return Selected(first, target);
            case JavaTokenKind.OpenBracket:
                _at++;
                var index = Enclosed();
                Expect(JavaTokenKind.CloseBracket);
                return new JavaIndex(Span(first), target, index);
            case JavaTokenKind.Increment or JavaTokenKind.Decrement:
                var sign = _tokens[_at++].Kind;
                return new JavaUnary(Span(first), sign, true, target);
            case JavaTokenKind.ColonColon:
                return Reference(first, target, null);
            default:
                return null;
        }
    }

    private JavaMethodReference Reference(int first, JavaExpression? target, JavaTypeSyntax? type)
    {
        Expect(JavaTokenKind.ColonColon);
        if (Kind == JavaTokenKind.Less)
        {
            TypeArguments();
        }

        var name = Accept(JavaTokenKind.New) ? "new" : Identifier();
        return new JavaMethodReference(Span(first), target, type, name);
    }

    /// <summary>What stands behind a dot.</summary>
    private JavaExpression Selected(int first, JavaExpression target)
    {
        _at++;
        var typeArguments = Kind == JavaTokenKind.Less ? TypeArguments() : [];
        var nameAt = _at;
        switch (Kind)
        {
            case JavaTokenKind.Identifier or JavaTokenKind.Super when KindAt(_at + 1) == JavaTokenKind.OpenParen:
                var method = _tokens[_at++].Text!;
                return Call(first, target, method, nameAt, typeArguments);
            case JavaTokenKind.Identifier or JavaTokenKind.This or JavaTokenKind.Super:
                var name = _tokens[_at++].Text!;
                return new JavaSelect(Span(first), target, name);
            case JavaTokenKind.New:
                return Creation(first, target);
            case JavaTokenKind.Class:
                _at++;
                return new JavaClassLiteral(Span(first), new JavaNamedType(target.Span, null, Joined(first, nameAt - 1), [], false));
            default:
                Fail(JavaGapReason.Unexpected);
                return target;
        }
    }

    private JavaCall Call(int first, JavaExpression? target, string name, int nameAt, ImmutableArray<JavaTypeSyntax> typeArguments)
    {
        var arguments = Arguments();
        return new JavaCall(Span(first), target, name, SpanOf(nameAt), typeArguments, arguments);
    }

    private ImmutableArray<JavaExpression> Arguments()
    {
        Expect(JavaTokenKind.OpenParen);
        if (Accept(JavaTokenKind.CloseParen) || _failed)
        {
            return [];
        }

        var (mark, constantsOnly) = (_expressions.Mark, _constantsOnly);
        _constantsOnly = false;
        do
        {
            _expressions.Add(Expression());
        }
        while (Accept(JavaTokenKind.Comma));
        Expect(JavaTokenKind.CloseParen);
        _constantsOnly = constantsOnly;
        return _expressions.Take(mark);
    }
}
