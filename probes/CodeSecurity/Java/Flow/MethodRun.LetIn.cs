namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a check is worth by the texts it lets through: of a list with one that does harm among them, less.</summary>
internal sealed partial class MethodRun
{
    /// <summary>All, or all but weaknesses that need that to be looked at.</summary>
    private bool IsWhole(ulong mask) => (mask | _apis.Spoiling.Spared) == ulong.MaxValue;

    /// <param name="mask">What the check settles.</param>
    /// <param name="texts">What it lets through.</param>
    private ulong Worth(ulong mask, IEnumerable<string> texts)
    {
        if ((mask & _apis.Spoiling.Spared & ~ApiIndex.Signs) == 0)
        {
            return mask;
        }

        var spoilt = texts.Aggregate(0UL, (all, t) => all | _apis.Spoiling.By(t));
        return (spoilt & mask) == 0 ? mask : mask == ulong.MaxValue ? ~_apis.Spoiling.Spared | (_apis.Spoiling.Spared & ~ApiIndex.Signs & ~spoilt) : mask & ~spoilt;
    }

    /// <summary>Names of what a server runs, as an expression that only says which letters there may be lets them through.</summary>
    private static readonly string[] Runnable = ["jsp", ".jsp", "a.jsp", "A.jsp", "1.jsp", "12.jsp", "a1.jsp", "abc.jsp", "ab-c_d.jsp", "a b.jsp", "/a/b.jsp", "html", "a.html"];

    /// <summary>Of an expression the names it lets through, beside the endings that stand in it.</summary>
    private List<string> LetThrough(JavaCall check, string text)
    {
        if (check.Name is not ("matches" or "isMatch" or "matchesPattern"))
        {
            return [text];
        }

        if (!_book.LetThrough.TryGetValue(text, out var known))
        {
            known = [text, .. Runnable.Where(n => Fits(text, n))];
            _book.LetThrough[text] = known;
        }

        return known;
    }

    private static bool Fits(string expression, string name)
    {
        try
        {
            return new BoundedExpression($"^(?:{expression})$").IsMatch(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Texts of what a value is compared with, as far as they are seen: constants, what lists hold, and what their fields begin with and are given.</summary>
    private List<string> LetIn(JavaExpression other)
    {
        var texts = _look.At(Quietly(other)).Select(v => Said(v.Constant)).OfType<string>().ToList();
        if (other is JavaName { Name: var own } name && _scopes.Find(own) >= 0)
        {
            // One after the other, or put together where it was declared.
            var each = _uses.Of(own)?.Walks.Find(l => l.Span.Has(other.Span.Start))?.Values;
            return [.. texts, .. (each ?? ToldOnce(name)) is { } told ? Written(told) : []];
        }

        return [.. texts, .. Written(other)];
    }

    /// <summary>Texts in an expression, and of the fields it is made of.</summary>
    private IEnumerable<string> Written(JavaExpression expression) => JavaWalk.All(expression).SelectMany(n => n switch
    {
        JavaLiteral literal => ConstantFolding.Literal(literal) is string text ? [text] : [],
        JavaName { Name: var own } => _program.Field(_type, own) is { } field ? TextsIn(field) : [],
        JavaSelect { Target: var target, Name: var part } when !IsValue(target) && _program.Find(TypeNamed(target)) is { } type => _program.Field(type, part) is { } field ? TextsIn(field) : [],
        _ => Enumerable.Empty<string>(),
    });

    private List<string> TextsIn(ProgramField field)
    {
        _book.LookInto(field.Owner.Path);
        if (!_book.TextsIn.TryGetValue(field.Key, out var texts))
        {
            var given = field.IsStatic
                ? JavaWalk.All(field.Owner.Syntax).OfType<JavaCall>().Where(c => c.Target is JavaName { Name: var to } && to == field.Variable.Name && c.Name is "add" or "addAll" or "put" or "putIfAbsent").SelectMany(c => c.Arguments)
                : [];
            _book.TextsIn[field.Key] = texts = [.. given.Concat(field.Variable.Value is { } first ? [first] : []).SelectMany(JavaWalk.All).OfType<JavaLiteral>().Select(l => ConstantFolding.Literal(l) as string).OfType<string>()];
        }

        return texts;
    }
}
