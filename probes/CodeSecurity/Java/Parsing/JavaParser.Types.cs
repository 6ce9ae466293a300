using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaEnumConstant> _constants = new();

    /// <summary>Which kind of type begins behind the modifiers, if one does.</summary>
    private JavaTypeKind? TypeKind() => Kind switch
    {
        JavaTokenKind.Class => JavaTypeKind.Class,
        JavaTokenKind.Interface => JavaTypeKind.Interface,
        JavaTokenKind.Enum when KindAt(_at + 1) == JavaTokenKind.Identifier => JavaTypeKind.Enum,
        JavaTokenKind.At when KindAt(_at + 1) == JavaTokenKind.Interface => JavaTypeKind.Annotation,
        JavaTokenKind.Identifier when IsRecord(_at) => JavaTypeKind.Record,
        _ => null,
    };

    private bool IsRecord(int at) => IsWord(at, "record") && KindAt(at + 1) == JavaTokenKind.Identifier && KindAt(at + 2) is JavaTokenKind.OpenParen or JavaTokenKind.Less;

    /// <param name="first">The first token, of the modifiers if there are any.</param>
    private JavaTypeDeclaration TypeDeclaration(int first, JavaModifiers modifiers, ImmutableArray<JavaAnnotation> annotations, JavaTypeKind kind)
    {
        _at += kind == JavaTypeKind.Annotation ? 2 : 1;
        var nameAt = _at;
        var name = Identifier();
        _member = name;
        var typeParameters = TypeParameters();
        var components = kind == JavaTypeKind.Record ? Parameters() : [];
        var extends = Accept(JavaTokenKind.Extends) ? TypeList() : [];
        var implements = Accept(JavaTokenKind.Implements) ? TypeList() : [];
        var permits = ImmutableArray<JavaTypeSyntax>.Empty;
        if (IsWord(_at, "permits"))
        {
            _at++;
            permits = TypeList();
        }

        GoOnAtBody(first);
        var (constants, members) = (ImmutableArray<JavaEnumConstant>.Empty, ImmutableArray<JavaMember>.Empty);
        if (Enter() && Kind == JavaTokenKind.OpenBrace)
        {
            _within.Add(name);
            var open = _at++;
            constants = kind == JavaTypeKind.Enum ? Constants() : [];
            members = Members(kind);
            CloseBody(open);
            _within.RemoveAt(_within.Count - 1);
        }
        else
        {
            Fail(JavaGapReason.Unexpected);
        }

        Leave();
        _member = name;
        return new JavaTypeDeclaration(Span(first), modifiers, annotations, kind, name, SpanOf(nameAt), typeParameters, components, extends, implements, permits, constants, members);
    }

    private ImmutableArray<JavaEnumConstant> Constants()
    {
        var mark = _constants.Mark;
        while (Kind is JavaTokenKind.Identifier or JavaTokenKind.At or JavaTokenKind.Comma)
        {
            if (Accept(JavaTokenKind.Comma))
            {
                continue;
            }

            var first = _at;
            _member = null;
            Constant(first);
            if (_failed)
            {
                SkipMember(first);
                return _constants.Take(mark);
            }
        }

        if (Kind is not (JavaTokenKind.Semicolon or JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            SkipMember(_at);
        }

        return _constants.Take(mark);
    }

    private void Constant(int first)
    {
        var annotations = Annotations();
        var name = Identifier();
        _member = name;
        var arguments = Kind == JavaTokenKind.OpenParen ? Arguments() : [];
        var body = Kind == JavaTokenKind.OpenBrace ? AnonymousBody() : default;
        if (!_failed && Kind is not (JavaTokenKind.Comma or JavaTokenKind.Semicolon or JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            Fail(JavaGapReason.Unexpected);
        }

        if (!_failed)
        {
            _constants.Add(new JavaEnumConstant(Span(first), annotations, name, arguments, body));
        }
    }

    /// <summary>The members of a class without a name.</summary>
    private ImmutableArray<JavaMember> AnonymousBody()
    {
        var (constantsOnly, member) = (_constantsOnly, _member);
        _constantsOnly = false;
        var members = ImmutableArray<JavaMember>.Empty;
        if (Enter())
        {
            var open = _at++;
            members = Members(JavaTypeKind.Class);
            CloseBody(open);
        }

        Leave();
        (_constantsOnly, _member) = (constantsOnly, member);
        return members;
    }

    private ImmutableArray<JavaMember> Members(JavaTypeKind kind)
    {
        var mark = _members.Mark;
        while (Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            Member(kind);
        }

        return _members.Take(mark);
    }
}
