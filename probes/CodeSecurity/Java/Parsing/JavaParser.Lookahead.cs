namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    /// <summary>Angles within angles that are looked through; bounds the time spent on what turns out to be comparisons.</summary>
    private const int DeepestLook = 64;
    private const int None = -1;

    /// <summary>Looks over a type without reading it.</summary>
    /// <returns>The token behind it; −1 where there is none.</returns>
    private int BehindType(int at, int depth = 0)
    {
        at = BehindAnnotations(at);
        if (IsPrimitive(KindAt(at)))
        {
            return BehindDimensions(at + 1);
        }

        while (KindAt(at) == JavaTokenKind.Identifier)
        {
            at++;
            if (KindAt(at) == JavaTokenKind.Less && (at = BehindArguments(at, depth + 1)) == None)
            {
                return None;
            }

            if (KindAt(at) != JavaTokenKind.Dot || KindAt(at + 1) is not (JavaTokenKind.Identifier or JavaTokenKind.At))
            {
                return BehindDimensions(at);
            }

            at = BehindAnnotations(at + 1);
        }

        return None;
    }

    /// <param name="at">The angle that opens them.</param>
    /// <param name="depth">Angles around them and they.</param>
    private int BehindArguments(int at, int depth)
    {
        if (depth > DeepestLook)
        {
            return None;
        }

        if (KindAt(at + 1) == JavaTokenKind.Greater)
        {
            return at + 2;
        }

        do
        {
            at = BehindAnnotations(at + 1);
            if (KindAt(at) == JavaTokenKind.Question)
            {
                at = KindAt(at + 1) is JavaTokenKind.Extends or JavaTokenKind.Super ? BehindType(at + 2, depth) : at + 1;
            }
            else
            {
                at = BehindType(at, depth);
            }
        }
        while (at != None && KindAt(at) == JavaTokenKind.Comma);

        return at != None && KindAt(at) == JavaTokenKind.Greater ? at + 1 : None;
    }

    private int BehindAnnotations(int at)
    {
        while (KindAt(at) == JavaTokenKind.At && KindAt(at + 1) == JavaTokenKind.Identifier)
        {
            at += 2;
            while (KindAt(at) == JavaTokenKind.Dot && KindAt(at + 1) == JavaTokenKind.Identifier)
            {
                at += 2;
            }

            at = KindAt(at) == JavaTokenKind.OpenParen ? Behind(at) : at;
        }

        return at;
    }

    private int BehindDimensions(int at)
    {
        while (true)
        {
            var bracket = KindAt(at) == JavaTokenKind.At ? BehindAnnotations(at) : at;
            if (KindAt(bracket) != JavaTokenKind.OpenBracket || KindAt(bracket + 1) != JavaTokenKind.CloseBracket)
            {
                return at;
            }

            at = bracket + 2;
        }
    }

    /// <summary>A type and the name of a variable behind it.</summary>
    private bool IsVariable() => BehindType(_at) is not None and var name && KindAt(name) == JavaTokenKind.Identifier;

    private bool IsLambda() => !_constantsOnly && (Kind == JavaTokenKind.Identifier
        ? KindAt(_at + 1) == JavaTokenKind.Arrow
        : Kind == JavaTokenKind.OpenParen && _tokens[_at].Partner > 0 && KindAt(_tokens[_at].Partner + 1) == JavaTokenKind.Arrow);

    /// <summary>A parenthesis with a type in it, and behind it what can be cast.</summary>
    private bool IsCast()
    {
        var primitive = IsPrimitive(KindAt(_at + 1));
        if (!primitive && KindAt(_at + 1) is not (JavaTokenKind.Identifier or JavaTokenKind.At))
        {
            return false;
        }

        var at = BehindType(_at + 1);
        while (at != None && KindAt(at) == JavaTokenKind.And)
        {
            at = BehindType(at + 1);
        }

        if (at == None || KindAt(at) != JavaTokenKind.CloseParen)
        {
            return false;
        }

        return KindAt(at + 1) switch
        {
            JavaTokenKind.Identifier or JavaTokenKind.OpenParen or JavaTokenKind.Not or JavaTokenKind.Complement => true,
            JavaTokenKind.This or JavaTokenKind.Super or JavaTokenKind.New or JavaTokenKind.Switch => true,
            var kind => IsLiteral(kind) || IsPrimitive(kind) || (primitive && kind is JavaTokenKind.Plus or JavaTokenKind.Minus or JavaTokenKind.Increment or JavaTokenKind.Decrement),
        };
    }

    /// <summary>A name that can only be a type: with arguments and a reference to a method behind them, or with empty brackets.</summary>
    private bool IsTypeBeforeMember()
    {
        var at = _at;
        while (KindAt(at + 1) == JavaTokenKind.Dot && KindAt(at + 2) == JavaTokenKind.Identifier)
        {
            at += 2;
        }

        return KindAt(at + 1) == JavaTokenKind.Less
            ? BehindType(_at) is not None and var behind && KindAt(behind) == JavaTokenKind.ColonColon
            : KindAt(at + 1) == JavaTokenKind.OpenBracket && KindAt(at + 2) == JavaTokenKind.CloseBracket;
    }

    /// <summary>A type with a name behind it, or with the parts of a record.</summary>
    private bool IsPattern()
    {
        var at = _at;
        while (KindAt(at) == JavaTokenKind.Final || (KindAt(at) == JavaTokenKind.At && KindAt(at + 1) == JavaTokenKind.Identifier))
        {
            at = KindAt(at) == JavaTokenKind.Final ? at + 1 : BehindAnnotations(at);
        }

        var behind = BehindType(at);
        return behind != None && (KindAt(behind) == JavaTokenKind.Identifier || (KindAt(behind) == JavaTokenKind.OpenParen && KindAt(at) == JavaTokenKind.Identifier));
    }

    private static bool IsPrimitive(JavaTokenKind kind) => kind is >= JavaTokenKind.Boolean and <= JavaTokenKind.Void;

    private static bool IsLiteral(JavaTokenKind kind) => kind is >= JavaTokenKind.IntLiteral and <= JavaTokenKind.Null;
}
