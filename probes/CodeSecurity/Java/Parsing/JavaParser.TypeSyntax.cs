using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaTypeSyntax> _types = new();
    private readonly Scratch<JavaTypeParameter> _typeParameters = new();

    /// <summary>A type with its brackets.</summary>
    private JavaTypeSyntax Type()
    {
        var first = _at;
        var type = SimpleType();
        var dimensions = Dimensions();
        return dimensions == 0 ? type : new JavaArrayType(Span(first), type, dimensions);
    }

    /// <summary>A type without brackets.</summary>
    private JavaNamedType SimpleType()
    {
        var type = Enter() ? NamedType() : new JavaNamedType(Missing().Span, null, string.Empty, [], false);
        Leave();
        return type;
    }

    private JavaNamedType NamedType()
    {
        _at = BehindAnnotations(_at);
        var first = _at;
        if (IsPrimitive(Kind))
        {
            var word = _tokens[_at++].Text!;
            return new JavaNamedType(Span(first), null, word, [], false);
        }

        JavaNamedType? outer = null;
        for (var depth = 0; ; depth++)
        {
            var name = DottedName();
            var hasArguments = Kind == JavaTokenKind.Less;
            var arguments = hasArguments ? TypeArguments() : [];
            outer = new JavaNamedType(Span(first), outer, name, arguments, hasArguments);
            if (depth == limits.Depth)
            {
                Fail(JavaGapReason.TooDeep);
            }

            if (_failed || Kind != JavaTokenKind.Dot || KindAt(BehindAnnotations(_at + 1)) != JavaTokenKind.Identifier)
            {
                return outer;
            }

            if (!hasArguments)
            {
                // Annotations before the last name: the name goes on behind them.
                _at = BehindAnnotations(_at + 1);
                var rest = SimpleType();
                return rest with { Span = Span(first), Name = name + "." + rest.Name };
            }

            _at = BehindAnnotations(_at + 1);
        }
    }

    private ImmutableArray<JavaTypeSyntax> TypeArguments()
    {
        var mark = _types.Mark;
        _at++;
        if (!Accept(JavaTokenKind.Greater))
        {
            do
            {
                _types.Add(TypeArgument());
            }
            while (Accept(JavaTokenKind.Comma));
            Expect(JavaTokenKind.Greater);
        }

        return _types.Take(mark);
    }

    private JavaTypeSyntax TypeArgument()
    {
        _at = BehindAnnotations(_at);
        var first = _at;
        if (!Accept(JavaTokenKind.Question))
        {
            return Type();
        }

        var extends = Accept(JavaTokenKind.Extends) ? Type() : null;
        var super = extends is null && Accept(JavaTokenKind.Super) ? Type() : null;
        return new JavaWildcardType(Span(first), extends, super);
    }

    private int Dimensions()
    {
        if (Kind is not (JavaTokenKind.OpenBracket or JavaTokenKind.At))
        {
            return 0;
        }

        var behind = BehindDimensions(_at);
        var count = 0;
        for (; _at < behind; _at = KindAt(_at) == JavaTokenKind.At ? BehindAnnotations(_at) : _at + 1)
        {
            count += Kind == JavaTokenKind.OpenBracket ? 1 : 0;
        }

        return count;
    }

    private ImmutableArray<JavaTypeParameter> TypeParameters()
    {
        if (!Accept(JavaTokenKind.Less))
        {
            return [];
        }

        var mark = _typeParameters.Mark;
        do
        {
            var first = _at;
            var annotations = Annotations();
            var name = Identifier();
            var bounds = _types.Mark;
            if (Accept(JavaTokenKind.Extends))
            {
                do
                {
                    _types.Add(Type());
                }
                while (Accept(JavaTokenKind.And));
            }

            var taken = _types.Take(bounds);
            _typeParameters.Add(new JavaTypeParameter(Span(first), annotations, name, taken));
        }
        while (Accept(JavaTokenKind.Comma));
        Expect(JavaTokenKind.Greater);
        return _typeParameters.Take(mark);
    }

    private ImmutableArray<JavaTypeSyntax> TypeList()
    {
        var mark = _types.Mark;
        do
        {
            _types.Add(Type());
        }
        while (Accept(JavaTokenKind.Comma));
        return _types.Take(mark);
    }
}
