using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks whose worth nobody could read: what passed one is dangerous still, and less sure to be.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Whether there is something at all is no check of what it is.</summary>
    [GeneratedRegex("Empty|Blank|Null|Present|HasText|HasLength|hasText|hasLength|[Ee]quals|[Ee]xist", RegexOptions.NonBacktracking)]
    private static partial Regex Presence();

    [GeneratedRegex("[Cc]heck|[Vv]alid|[Vv]erify|[Ff]ilter|[Ss]anitiz|[Cc]lean|[Ee]scape|[Pp]urify|[Ss]afe|[Ii]llegal|[Aa]ssert|[Ee]nsure|[Gg]uard|[Xx]ss|XSS|(?:[Ss]ql|SQL)_?[Ii]nject", RegexOptions.NonBacktracking)]
    private static partial Regex Caring();

    /// <summary>Names in which such a word means something else.</summary>
    [GeneratedRegex("[Ii]nvalidate|^doFilter", RegexOptions.NonBacktracking)]
    private static partial Regex Careless();

    /// <summary>Names of what makes something harmless; of what is valid, injected or filtered, and of statements, many speak.</summary>
    [GeneratedRegex("[Cc]heck|^validate|Validate|[Vv]erify|[Ss]anitiz|[Cc]lean|[Ee]scape|[Pp]urify|[Ss]afe|[Ii]llegal|[Aa]ssert|[Ee]nsure|[Gg]uard|[Xx]ss|XSS|(?:[Ss]ql|SQL)_?[Ii]nject|[Ff]ilter(?:Sql|SQL|Html|HTML|Script|Tag|Special|Danger|Bad|Content|Path|Param|Input|Char)|(?:[Ss]ql|SQL|[Hh]tml)Filter", RegexOptions.NonBacktracking)]
    private static partial Regex Cleaning();

    /// <summary>Names of what does something and tells whether that came off.</summary>
    [GeneratedRegex("^(?:insert|save|store|persist|add|append|put|set|update|delete|remove|create|send|publish|write|load|open|close|execute|exec|run|start|submit|offer|push|register|connect|download|upload|copy|move|rename|import|export|notify|mkdirs?)(?:$|[A-Z0-9_])", RegexOptions.NonBacktracking)]
    private static partial Regex Doing();

    public static bool IsDoubted(ulong cleaned) => (cleaned & (ApiIndex.Affirmed | ApiIndex.Denied)) != 0;

    /// <summary>As above, of one weakness.</summary>
    private bool IsDoubted(int weakness, ulong cleaned) => IsDoubted(cleaned) || ((cleaned & ApiIndex.Headed) != 0 && (_apis.Hosts >> weakness & 1) != 0) || ((cleaned & ApiIndex.Found) != 0 && (_apis.Kept >> weakness & 1) != 0);

    /// <summary>A method of the tree or of a library nobody knows said something of its arguments.</summary>
    private void DoubtCall(JavaCall call, bool truth)
    {
        if (Presence().IsMatch(call.Name) || Doing().IsMatch(call.Name))
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            CleanPlace(argument, truth ? ApiIndex.Affirmed : ApiIndex.Denied);
        }
    }

    /// <summary>A comparison with what is not known, such as each of a list of words.</summary>
    private void DoubtCompared(JavaCall call, JavaExpression looked, bool truth)
    {
        if (!call.Arguments.Any(a => !ReferenceEquals(a, looked) && Quietly(a).Constant is not null))
        {
            CleanPlace(looked, truth ? ApiIndex.Affirmed : ApiIndex.Denied);
        }
    }

    /// <summary>Called by itself, it can only throw, and its name says over what.</summary>
    private void DoubtStatement(JavaExpression expression)
    {
        if (_now is null || expression is not JavaCall { Arguments.Length: > 0 } call || !Caring().IsMatch(call.Name) || Careless().IsMatch(call.Name) || Known(call) is not null)
        {
            return;
        }

        if (Meant(call) is not { Count: > 0 } methods || methods.TrueForAll(MayThrow))
        {
            DoubtCall(call, truth: true);
        }
    }

    /// <summary>Who asks rests on what the method calls, whoever looked it up before.</summary>
    private bool MayThrow(ProgramMethod method)
    {
        var looked = _book.BodyOf(method);
        if (!_book.Throwing.TryGetValue(method, out var calls))
        {
            _book.Throwing[method] = calls = looked is null ? [] : JavaWalk.All(looked).Any(n => n is JavaThrow) ? null
                : [.. JavaWalk.All(looked).OfType<JavaExpressionStatement>().Select(s => s.Expression).OfType<JavaCall>()];
        }

        return calls is null || calls.Exists(c => Throws(c, method.Owner));
    }

    /// <summary>A method of the tree that does nothing but throw.</summary>
    private bool Throws(JavaCall call, JavaDeclaredType within)
    {
        var type = call.Target is null ? within : Dotted(call.Target) is { } name && char.IsUpper(name[name.LastIndexOf('.') + 1]) ? _program.Find(_program.Resolve(name, within)) : null;
        return type is not null && _program.Declared(type, call.Name).FindAll(m => m.IsStatic && m.Takes(call.Arguments.Length)) is { Count: > 0 } all && all.TrueForAll(m => _book.Of(m, CallContext.None).IsEndless);
    }

    /// <summary>Made by a method of the tree whose name says that it takes something dangerous out.</summary>
    private FlowValue Doubted(CallSite site, FlowValue made, List<ProgramMethod> bodies) =>
        made.Marks.Length > 0 && site.Arguments.Count > 0 && Cleaning().IsMatch(site.Name) && !bodies.TrueForAll(HandsBack) ? made.WithMarks(TaintMarks.Clean(made.Marks, ApiIndex.Affirmed)) : made;

    /// <summary>Whatever its name says, it gives back what it was given.</summary>
    private bool HandsBack(ProgramMethod method) => _book.BodyOf(method) is { Statements: [JavaReturn { Value: JavaName }] };
}
