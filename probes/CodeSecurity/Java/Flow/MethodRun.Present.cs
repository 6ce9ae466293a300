using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is never null, and what is there because a record of it was found.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Names of what looks one record up by what it is given.</summary>
    [GeneratedRegex("^(?:select|find|get|query|load|read|fetch)(?:$|One|(?:[A-Z][A-Za-z]*)?By[A-Z]|(?:[A-Z][A-Za-z]*)?ById$|FieldValue$)", RegexOptions.NonBacktracking)]
    private static partial Regex Looking();

    /// <summary>Many records, or such as are only alike.</summary>
    [GeneratedRegex("List|All|Page|Map|Count|Like|Contain|Search|Parameter|Header|Attribute|Property", RegexOptions.NonBacktracking)]
    private static partial Regex Several();

    /// <summary>Something was found by a value: one that is stored, so that a stranger has not made it up just now.</summary>
    private void NoteFound(JavaExpression found)
    {
        if (found is not JavaName name || ToldOnce(name) is not JavaCall { Target: not null, Arguments.Length: > 0 } told || !(IsKeptUnder(told) || (Looking().IsMatch(told.Name) && !Several().IsMatch(told.Name) && IsStore(told))))
        {
            return;
        }

        foreach (var argument in told.Arguments)
        {
            CleanPlace(argument, ApiIndex.Found);
        }
    }

    /// <summary>What a call is given is there: what came back of the one it was found by, or of the one itself.</summary>
    private void NoteGiven(JavaExpression given)
    {
        NoteFilled(given);
        NoteFound(given);
        if (given is JavaCall call)
        {
            CleanArguments(call, s => s.WhenNotNull);
        }
    }

    /// <summary>A call says whether what it is given is there.</summary>
    private void NotePresence(JavaCall call, bool truth)
    {
        switch (call)
        {
            case { Name: "nonNull" or "notNull" or "isNotNull", Arguments: [var there] } when truth:
                NoteFound(there);
                break;
            case { Name: "isNull", Arguments: [var there] } when !truth:
                NoteFound(there);
                break;
        }
    }

    /// <summary>Of a map or cache that outlives the call.</summary>
    private bool IsKeptUnder(JavaCall told) => told is { Name: "get" or "getIfPresent", Target: { } keeper, Arguments.Length: 1 } && IsField(keeper)
        && Quietly(keeper).Type is { } type && (IsContainer(type) || type.EndsWith("Cache", StringComparison.Ordinal));

    private bool IsField(JavaExpression keeper) => keeper switch
    {
        JavaName name => _scopes.Find(name.Name) < 0 && _program.Field(_type, name.Name) is not null,
        JavaSelect { Target: JavaName { Name: "this" }, Name: var name } => _program.Field(_type, name) is not null,
        _ => false,
    };

    /// <summary>It is asked of an object nobody sees into, or of one of the tree; what is no record holds no more than was put into it just now.</summary>
    private bool IsStore(JavaCall told)
    {
        var type = IsValue(told.Target!) ? Quietly(told.Target!).Type : TypeNamed(told.Target!);
        return type is not null && (_program.Find(type) is not null || !_apis.Knows(type)) && _program.Find(Quietly(told).Type) is not { Syntax.Kind: JavaTypeKind.Enum };
    }

    /// <summary>By what the tree says of how it is made.</summary>
    private bool IsNeverNull(JavaExpression value) => value is JavaName or JavaCall && _book.NeverNull.Has(value, new NeverNull.Scope(_type, ToldOnce, _ => false));
}
