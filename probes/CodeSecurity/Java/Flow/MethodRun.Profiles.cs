namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Conditions that only hold where developers run the program.</summary>
internal sealed partial class MethodRun
{
    private const int DeepestProfile = 4;

    private void NoteProfile(JavaExpression condition, bool truth)
    {
        if (_now is { IsForDevelopers: false } && condition is JavaCall call && _book.Scarce.AsksProfiles && DeveloperProfiles.IsMeant(Profiles(call, _type, 0), truth))
        {
            _now.IsForDevelopers = true;
        }
    }

    /// <summary>Names of profiles a condition compares the one at hand with; none where it does something else.</summary>
    private IReadOnlyList<string> Profiles(JavaExpression condition, JavaDeclaredType within, int depth) => condition switch
    {
        JavaCall { Name: "acceptsProfiles" or "matchesProfiles", Arguments: var asked } => Words(asked.SelectMany(a => a is JavaCall { Name: "of", Arguments: var given } ? given : [a]), within),
        JavaCall { Name: "equals" or "equalsIgnoreCase" or "contains" or "contentEquals", Target: { } one, Arguments: [var other] } => Compared(one, other, within, depth),
        JavaCall { Name: "equals" or "equalsIgnoreCase" or "equal" or "contains" or "containsIgnoreCase", Arguments: [var one, var other] } => Compared(one, other, within, depth),
        JavaCall call when Said(call, within, depth) is (var said, var owner) => Profiles(said, owner, depth + 1),
        _ => [],
    };

    private List<string> Compared(JavaExpression one, JavaExpression other, JavaDeclaredType within, int depth) =>
        IsProfile(one, within, depth) ? Words([other], within) : IsProfile(other, within, depth) ? Words([one], within) : [];

    /// <summary>It says which profile the program runs in.</summary>
    private bool IsProfile(JavaExpression value, JavaDeclaredType within, int depth) => depth <= DeepestProfile && value switch
    {
        JavaName name when within == _type && ToldOnce(name) is { } told => IsProfile(told, within, depth + 1),
        JavaName name => (within != _type || _scopes.Find(name.Name) < 0) && _program.Field(within, name.Name) is { } field && DeveloperProfiles.IsSetting(field.Syntax),
        JavaSelect { Target: JavaName { Name: "this" }, Name: var name } => _program.Field(within, name) is { } field && DeveloperProfiles.IsSetting(field.Syntax),
        JavaIndex index => IsProfile(index.Target, within, depth),
        JavaCall { Name: "getActiveProfiles" } => true,
        JavaCall { Name: "getProperty" or "getenv" or "getRequiredProperty", Arguments: [var key, ..] } => Words([key], within) is [var text] && DeveloperProfiles.IsKey(text),
        JavaCall { Name: "asList" or "of" or "join", Arguments: [var given, ..] } => IsProfile(given, within, depth),
        JavaCall { Name: "toLowerCase" or "trim" or "toString", Target: { } target } => IsProfile(target, within, depth),
        JavaCall call => Said(call, within, depth) is (var said, var owner) && IsProfile(said, owner, depth + 1),
        _ => false,
    };

    /// <summary>The one expression a method of the tree returns, with the type whose code that is; null where it does something else.</summary>
    private (JavaExpression Said, JavaDeclaredType Owner)? Said(JavaCall call, JavaDeclaredType within, int depth)
    {
        if (depth >= DeepestProfile)
        {
            return null;
        }

        var type = call.Target is null or JavaName { Name: "this" } ? within
            : Dotted(call.Target) is not { } name ? null
            : char.IsUpper(name[name.LastIndexOf('.') + 1]) ? _program.Find(_program.Resolve(name, within))
            : _program.Field(within, name) is { } field ? _program.Find(_program.NameOf(field.Syntax.Type, field.Owner)) : null;
        return type is not null && _program.Declared(type, call.Name) is [var only] && _book.BodyOf(only) is { Statements: [JavaReturn { Value: { } said }] } && only.Syntax.Parameters.Length == call.Arguments.Length ? (said, type) : null;
    }

    /// <summary>Texts as they are written; a constant of a class nobody can look into says by its name what it is. None where one of them is neither.</summary>
    private List<string> Words(IEnumerable<JavaExpression> values, JavaDeclaredType within)
    {
        List<string?> words = [.. values.Select(v => WordFor(v, within))];
        return words.Exists(w => w is null) ? [] : words.ConvertAll(w => w!);
    }

    private string? WordFor(JavaExpression value, JavaDeclaredType within)
    {
        switch (value)
        {
            case JavaLiteral { Kind: JavaTokenKind.StringLiteral } literal:
                return literal.Value;
            case JavaCall { Arguments.Length: 0, Target: JavaSelect or JavaName } call when Dotted(call.Target) is { } constant && IsConstantName(constant):
                return LastWord(constant);
            case JavaName or JavaSelect when Dotted(value) is { } name && IsConstantName(name):
                var dot = name.LastIndexOf('.');
                var owner = dot < 0 ? within : _program.Find(_program.Resolve(name[..dot], within));
                return (owner is not null && _program.Field(owner, name[(dot + 1)..]) is { IsStatic: true } field ? Fixed(field)?.Constant as string : null) ?? LastWord(name);
            default:
                return null;
        }
    }

    private static bool IsConstantName(string name) => name[(name.LastIndexOf('.') + 1)..].All(c => char.IsUpper(c) || char.IsDigit(c) || c == '_');

    private static string LastWord(string name) => name[(name.LastIndexOfAny(['.', '_']) + 1)..];
}
