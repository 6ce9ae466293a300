namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What becomes of objects where a text is made of them.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in steps where a value only is in the text of an exception, if at all.</summary>
    public const string InException = "异常的文字里未必有它";

    /// <summary>Stands in steps where lines are put together again.</summary>
    public const string WithBreak = "拼接（加换行）";

    /// <summary>Nothing but the end of a line.</summary>
    private static bool IsBreak(FlowValue value) => value.Constant is '\n' or "\n" or "\r\n";

    /// <summary>Where the text of a value comes from.</summary>
    private TaintMark[] Spoken(FlowValue value) => _program.Mute.Has(value.Type) ? TaintMarks.None
        : Deep(value) is { Length: > 0 } marks && _program.Mute.SaysJson(value.Type) ? TaintMarks.Clean(marks, _apis.MaskOf(InJson)) : Deep(value);

    private static readonly string[] InJson = ["header", "log"];

    /// <summary>As above, of what is written into a log: of exceptions that is their text, with where they come from.</summary>
    private TaintMark[] Logged(FlowValue value)
    {
        var marks = Spoken(value);
        return marks.Length == 0 || value.Type is not { } type || !IsThrown(type) ? marks
            : Array.ConvertAll(marks, m => new TaintMark(m.Origin, m.Cleaned, m.Way is { } last ? new TaintStep(last.Place, last.Words with { Text = $"{last.What}（{InException}）", Doubt = last.Words.Doubt | StepDoubt.InException }, last.Before) : null, m.Soiled));
    }

    /// <summary>The header that names the page a browser came from.</summary>
    private static bool IsReferer(CallSite site) => site.Name is "getHeader" or "getHeaderString" or "getFirst" && At(site, 0).Constant is string name && name.Equals("referer", StringComparison.OrdinalIgnoreCase);

    private static readonly string[] FillingLoggers = [Logger, "org.apache.logging.log4j.Logger"];

    /// <summary>A message that has no gap for it is written without it. Exceptions are written all the same, and who knows nothing of a value does not know that it is none.</summary>
    private bool IsLeftOut(CallSite site, int place) => place > 0 && Array.IndexOf(FillingLoggers, site.Receiver?.Type) >= 0 && At(site, 0).Constant is string message && !message.Contains('%', StringComparison.Ordinal)
        && place > message.Split("{}").Length - 1 && At(site, place) is { MayBeOther: false, Code: null, Type: { } type } && IsPlain(type);

    private bool IsPlain(string type) => !IsThrown(type) && (type == "java.lang.String" || type.StartsWith("java.util.", StringComparison.Ordinal)
        || (_program.Find(type) is { Syntax.Kind: JavaTypeKind.Class or JavaTypeKind.Record } own && _program.NamesAbove(own).All(n => _program.Find(n) is not null || n is "java.io.Serializable" or "java.lang.Object")));

    private bool IsThrown(string type) => IsNamedThrown(type) || (_program.Find(type) is { } own && _program.NamesAbove(own).Any(IsNamedThrown));

    private bool IsNamedThrown(string type) => _apis.IsBelow(type, "java.lang.Throwable") || type.EndsWith("Exception", StringComparison.Ordinal);
}
