using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaMember> _members = new();
    private readonly Scratch<JavaParameter> _parameters = new();
    private readonly Scratch<JavaVariable> _variables = new();

    /// <summary>One member, or a gap; always takes at least one token.</summary>
    /// <param name="around">The type it belongs to.</param>
    private void Member(JavaTypeKind around)
    {
        var first = _at;
        _member = null;
        if (Accept(JavaTokenKind.Semicolon))
        {
            return;
        }

        var member = MemberCore(first, around);
        if (_failed || member is null)
        {
            member = SkipMember(first);
            _at = Math.Max(_at, first + 1);
        }

        _members.Add(member);
    }

    private JavaMember? MemberCore(int first, JavaTypeKind around)
    {
        var (modifiers, annotations) = Modifiers();
        if (Kind == JavaTokenKind.OpenBrace)
        {
            var block = Body(null);
            return new JavaInitializer(Span(first), modifiers, block);
        }

        if (TypeKind() is { } kind)
        {
            return TypeDeclaration(first, modifiers, annotations, kind);
        }

        var typeParameters = TypeParameters();
        if (Kind == JavaTokenKind.Identifier && KindAt(_at + 1) is JavaTokenKind.OpenParen)
        {
            return Method(first, modifiers, annotations, typeParameters, null);
        }

        if (around == JavaTypeKind.Record && Kind == JavaTokenKind.Identifier && KindAt(_at + 1) == JavaTokenKind.OpenBrace)
        {
            return Compact(first, modifiers, annotations);
        }

        var type = Type();
        if (Kind == JavaTokenKind.Identifier && KindAt(_at + 1) == JavaTokenKind.OpenParen)
        {
            return Method(first, modifiers, annotations, typeParameters, type);
        }

        _member = Kind == JavaTokenKind.Identifier ? _tokens[_at].Text : null;
        _within.Add(_member ?? string.Empty);
        var variables = Variables();
        _within.RemoveAt(_within.Count - 1);
        Expect(JavaTokenKind.Semicolon);
        return new JavaField(Span(first), modifiers, annotations, type, variables);
    }

    private JavaMethod Compact(int first, JavaModifiers modifiers, ImmutableArray<JavaAnnotation> annotations)
    {
        var nameAt = _at;
        var name = Identifier();
        var body = Body(name);
        return new JavaMethod(Span(first), modifiers, annotations, name, SpanOf(nameAt), [], null, [], [], true, body, null);
    }

    /// <param name="returns">Null of a constructor.</param>
    private JavaMethod Method(int first, JavaModifiers modifiers, ImmutableArray<JavaAnnotation> annotations, ImmutableArray<JavaTypeParameter> typeParameters, JavaTypeSyntax? returns)
    {
        var nameAt = _at;
        var name = Identifier();
        _member = name;
        var parameters = Parameters();
        if (Dimensions() is > 0 and var dimensions && returns is not null)
        {
            returns = new JavaArrayType(returns.Span, returns, dimensions);
        }

        var throws = Accept(JavaTokenKind.Throws) ? TypeList() : [];
        var value = Accept(JavaTokenKind.Default) ? Value() : null;
        GoOnAtBody(first);
        JavaBlock? body = null;
        if (Kind == JavaTokenKind.OpenBrace)
        {
            body = Body(name);
        }
        else
        {
            Expect(JavaTokenKind.Semicolon);
        }

        return new JavaMethod(Span(first), modifiers, annotations, name, SpanOf(nameAt), typeParameters, returns, parameters, throws, false, body, value);
    }

    private JavaBlock Body(string? name)
    {
        if (name is not null)
        {
            _within.Add(name);
        }

        var block = Block();
        if (name is not null)
        {
            _within.RemoveAt(_within.Count - 1);
        }

        _member = name;
        return block;
    }

    /// <summary>The parameters of a method or the components of a record, with their parentheses.</summary>
    private ImmutableArray<JavaParameter> Parameters()
    {
        var mark = _parameters.Mark;
        if (Expect(JavaTokenKind.OpenParen) && !Accept(JavaTokenKind.CloseParen))
        {
            do
            {
                Parameter();
            }
            while (Accept(JavaTokenKind.Comma));
            Expect(JavaTokenKind.CloseParen);
        }

        return _parameters.Take(mark);
    }

    private void Parameter()
    {
        var first = _at;
        var (modifiers, annotations) = Modifiers();
        var type = Type();
        _at = Kind == JavaTokenKind.At ? BehindAnnotations(_at) : _at;
        var isVariable = Accept(JavaTokenKind.Ellipsis);
        if (IsReceiver())
        {
            return;
        }

        var name = Identifier();
        var dimensions = Dimensions();
        _parameters.Add(new JavaParameter(Span(first), modifiers, annotations, type, isVariable, name, dimensions));
    }

    /// <summary><c>this</c> or <c>Outer.this</c> in place of a name only says where annotations belong.</summary>
    private bool IsReceiver()
    {
        var at = _at;
        while (KindAt(at) == JavaTokenKind.Identifier && KindAt(at + 1) == JavaTokenKind.Dot)
        {
            at += 2;
        }

        if (KindAt(at) != JavaTokenKind.This)
        {
            return false;
        }

        _at = at + 1;
        return true;
    }

    private ImmutableArray<JavaVariable> Variables()
    {
        var mark = _variables.Mark;
        do
        {
            var first = _at;
            var name = Identifier();
            var dimensions = Dimensions();
            var value = Accept(JavaTokenKind.Assign) ? Initial() : null;
            _variables.Add(new JavaVariable(Span(first), name, dimensions, value));
        }
        while (Accept(JavaTokenKind.Comma));
        return _variables.Take(mark);
    }

    private JavaExpression Initial() => Kind == JavaTokenKind.OpenBrace ? ArrayValues() : Expression();
}
