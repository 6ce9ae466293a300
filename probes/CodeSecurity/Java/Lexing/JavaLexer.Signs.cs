namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaLexer
{
    private (JavaTokenKind Kind, int Length) Sign(char c) => c switch
    {
        '(' => (JavaTokenKind.OpenParen, 1),
        ')' => (JavaTokenKind.CloseParen, 1),
        '{' => (JavaTokenKind.OpenBrace, 1),
        '}' => (JavaTokenKind.CloseBrace, 1),
        '[' => (JavaTokenKind.OpenBracket, 1),
        ']' => (JavaTokenKind.CloseBracket, 1),
        ';' => (JavaTokenKind.Semicolon, 1),
        ',' => (JavaTokenKind.Comma, 1),
        '.' => Peek(1) == '.' && Peek(2) == '.' ? (JavaTokenKind.Ellipsis, 3) : (JavaTokenKind.Dot, 1),
        '@' => (JavaTokenKind.At, 1),
        '?' => (JavaTokenKind.Question, 1),
        '~' => (JavaTokenKind.Complement, 1),
        ':' => Peek(1) == ':' ? (JavaTokenKind.ColonColon, 2) : (JavaTokenKind.Colon, 1),
        '=' => Or('=', JavaTokenKind.Equal, JavaTokenKind.Assign),
        '!' => Or('=', JavaTokenKind.NotEqual, JavaTokenKind.Not),
        '>' => Or('=', JavaTokenKind.GreaterEqual, JavaTokenKind.Greater),
        '<' => Peek(1) == '<' ? ShiftLeft() : Or('=', JavaTokenKind.LessEqual, JavaTokenKind.Less),
        '-' when Peek(1) == '>' => (JavaTokenKind.Arrow, 2),
        '+' => Twice(c, JavaTokenKind.Increment, JavaTokenKind.PlusAssign, JavaTokenKind.Plus),
        '-' => Twice(c, JavaTokenKind.Decrement, JavaTokenKind.MinusAssign, JavaTokenKind.Minus),
        '&' => Twice(c, JavaTokenKind.AndAnd, JavaTokenKind.AndAssign, JavaTokenKind.And),
        '|' => Twice(c, JavaTokenKind.OrOr, JavaTokenKind.OrAssign, JavaTokenKind.Or),
        '*' => Or('=', JavaTokenKind.TimesAssign, JavaTokenKind.Times),
        '/' => Or('=', JavaTokenKind.DivideAssign, JavaTokenKind.Divide),
        '%' => Or('=', JavaTokenKind.RemainderAssign, JavaTokenKind.Remainder),
        '^' => Or('=', JavaTokenKind.XorAssign, JavaTokenKind.Xor),
        _ => (JavaTokenKind.Unknown, 1),
    };

    private (JavaTokenKind Kind, int Length) ShiftLeft() => Peek(2) == '=' ? (JavaTokenKind.ShiftLeftAssign, 3) : (JavaTokenKind.ShiftLeft, 2);

    private (JavaTokenKind Kind, int Length) Or(char second, JavaTokenKind both, JavaTokenKind alone) => Peek(1) == second ? (both, 2) : (alone, 1);

    private (JavaTokenKind Kind, int Length) Twice(char c, JavaTokenKind doubled, JavaTokenKind assign, JavaTokenKind alone) =>
        Peek(1) == c ? (doubled, 2) : Or('=', assign, alone);
}
