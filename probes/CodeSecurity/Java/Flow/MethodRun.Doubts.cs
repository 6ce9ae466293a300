using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks whose worth nobody could read: what passed one is dangerous still, and less sure to be.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Whether there is something at all is no check of what it is.</summary>
    [GeneratedRegex("Empty|Blank|Null|Present|HasText|HasLength|hasText|hasLength|[Ee]quals|[Ee]xist", RegexOptions.NonBacktracking)]
    private static partial Regex Presence();

    [GeneratedRegex("[Cc]heck|[Vv]alid|[Vv]erify|[Ff]ilter|[Ss]anitiz|[Cc]lean|[Ee]scape|[Pp]urify|[Ss]afe|[Ii]llegal|[Aa]ssert|[Ee]nsure|[Gg]uard|[Ii]nject|[Xx]ss|XSS|SQL", RegexOptions.NonBacktracking)]
    private static partial Regex Caring();

    public static bool IsDoubted(ulong cleaned) => (cleaned & (ApiIndex.Affirmed | ApiIndex.Denied)) != 0;

    /// <summary>As above, of one weakness.</summary>
    private bool IsDoubted(int weakness, ulong cleaned) => IsDoubted(cleaned) || ((cleaned & ApiIndex.Headed) != 0 && (_apis.Hosts >> weakness & 1) != 0);

    /// <summary>A method of the tree or of a library nobody knows said something of its arguments.</summary>
    private void DoubtCall(JavaCall call, bool truth)
    {
        if (Presence().IsMatch(call.Name))
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
        if (_now is null || expression is not JavaCall { Arguments.Length: > 0 } call || !Caring().IsMatch(call.Name) || Known(call) is not null)
        {
            return;
        }

        if (Meant(call) is not { Count: > 0 } methods || methods.TrueForAll(m => m.Syntax.Body is { } body && JavaWalk.All(body).Any(n => n is JavaThrow)))
        {
            DoubtCall(call, truth: true);
        }
    }

    /// <summary>Made by a method of the tree whose name says that it takes something dangerous out.</summary>
    private static FlowValue Doubted(CallSite site, FlowValue made) =>
        made.Marks.Length > 0 && site.Arguments.Count > 0 && Caring().IsMatch(site.Name) ? made.WithMarks(TaintMarks.Clean(made.Marks, ApiIndex.Affirmed)) : made;
}
