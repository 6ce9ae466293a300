namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values that are one piece of a path: with letters of the program's own beside them in the same piece they lead nowhere else.</summary>
internal sealed partial class MethodRun
{
    private static readonly string[] OfPaths = ["PathVariable", "PathParam"];

    private static readonly string[] Mappings = ["RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping", "Path"];

    private static readonly HashSet<string> Deleting = new(StringComparer.Ordinal)
        { "delete", "deleteIfExists", "deleteOnExit", "del", "forceDelete", "forceDeleteOnExit", "deleteQuietly", "deleteDirectory", "deleteRecursively" };

    /// <summary>What they are given first is written to.</summary>
    private static readonly HashSet<string> Writing = new(StringComparer.Ordinal)
    {
        "write", "writeString", "writeBytes", "writeUtf8String", "writeUtf8Lines", "writeLines", "writeFromStream", "appendString", "appendUtf8String", "appendLines", "writeStringToFile", "writeByteArrayToFile",
        "newOutputStream", "newBufferedWriter", "newWriter", "openOutputStream", "getOutputStream", "getWriter", "transferTo",
        "createFile", "createNewFile", "createDirectory", "createDirectories", "mkdir", "mkdirs", "forceMkdir", "touch",
    };

    /// <summary>What they are given last is written to.</summary>
    private static readonly HashSet<string> Onto = new(StringComparer.Ordinal)
        { "copy", "move", "rename", "renameTo", "copyFile", "moveFile", "copyContent", "copyDirectory", "moveDirectory", "copyFileToDirectory", "copyInputStreamToFile", "copyURLToFile", "copyRecursively" };

    /// <summary>Objects that write to the file they are made for.</summary>
    private static readonly HashSet<string> Writers = new(StringComparer.Ordinal)
        { "java.io.FileOutputStream", "java.io.FileWriter", "java.io.RandomAccessFile", "java.io.PrintWriter", "java.io.PrintStream", "cn.hutool.core.io.file.FileWriter" };

    /// <summary>A parameter that the container cuts out of an address between two slashes.</summary>
    private FlowValue CutOut(FlowValue value, JavaParameter parameter)
    {
        if (value.Marks.Length == 0 || Array.Find(Array.ConvertAll(OfPaths, a => Has(parameter.Annotations, a)), a => a is not null) is not { } annotation)
        {
            return value;
        }

        var named = annotation.Elements.FirstOrDefault(e => e.Key is "value" or "name");
        var name = named is null ? parameter.Name : Word(named.Value);
        List<string?> templates = [.. _method.Syntax.Annotations.Concat(_method.Owner.Syntax.Annotations).Where(a => Array.Exists(Mappings, m => a.Name == m || a.Name.EndsWith("." + m, StringComparison.Ordinal)))
            .SelectMany(a => a.Elements).Where(e => e.Key is "value" or "path").SelectMany(e => e.Value is JavaArrayValues all ? all.Values : [e.Value]).Select(Word)];

        // Where one of them cannot be read it may take more than one piece.
        return name is null || !templates.Exists(t => t?.Contains($"{{{name}}}", StringComparison.Ordinal) == true) || templates.Exists(t => t is null || TakesMore(t, name))
            ? value : value.WithMarks(TaintMarks.Clean(value.Marks, ApiIndex.Piece));
    }

    private static bool TakesMore(string template, string name) =>
        template.Contains("{*", StringComparison.Ordinal) || template.Contains("**", StringComparison.Ordinal) || template.Replace(" ", "", StringComparison.Ordinal).Contains($"{{{name}:", StringComparison.Ordinal);

    /// <summary>What an annotation says there, also by the names of constants; null where that is not known.</summary>
    private string? Word(JavaExpression told) => Quietly(told).Constant as string;

    /// <summary>An operand with what stands before and behind it.</summary>
    /// <param name="operand">What is put together with others.</param>
    /// <param name="before">What stands before it; null where nothing does.</param>
    /// <param name="binary">All that is put together.</param>
    /// <param name="next">Number of the step behind it.</param>
    private FlowValue Beside(FlowValue operand, JavaExpression? before, JavaBinary binary, int next)
    {
        if (_now is null || !Array.Exists(operand.Marks, m => (m.Cleaned & ApiIndex.Piece) != 0))
        {
            return operand;
        }

        var isNamed = before is not null && Quietly(before).Constant is string { Length: > 0 } text && !IsSeparator(text[^1]);
        var isEnded = next < binary.Steps.Length && binary.Steps[next].Operator is JavaOperator.Add && Quietly(binary.Steps[next].Operand).Constant is string { Length: > 0 } end && !IsSeparator(end[0]);
        return isNamed || isEnded ? operand.WithMarks(Array.ConvertAll(operand.Marks, Harmless)) : operand;
    }

    private TaintMark Harmless(TaintMark mark) => (mark.Cleaned & ApiIndex.Piece) == 0 ? mark : mark.Clean(_apis.Tails);

    /// <summary>Marks of something with something else before or behind it: it stays one piece where that holds no separator.</summary>
    private TaintMark[] Pieced(TaintMark[] marks, FlowValue other)
    {
        if (marks.Length == 0 || other.Constant is string { Length: 0 })
        {
            return marks;
        }

        return other.Constant is string text && !text.Any(IsSeparator) ? Array.Exists(marks, m => (m.Cleaned & ApiIndex.Piece) != 0) ? Array.ConvertAll(marks, Harmless) : marks : Unpieced(marks);
    }

    private static TaintMark[] Unpieced(TaintMark[] marks) => Array.Exists(marks, m => !ReferenceEquals(Unpieced(m), m)) ? Array.ConvertAll(marks, Unpieced) : marks;

    /// <summary>It may be no piece any more: of what a method was given its callers have to be told.</summary>
    private static TaintMark Unpieced(TaintMark mark) =>
        mark.Cleaned == ulong.MaxValue || (mark.Origin is not InputOrigin && (mark.Cleaned & ApiIndex.Piece) == 0) ? mark : mark.Soil(ApiIndex.Piece);

    /// <summary>What they make of one piece is one piece.</summary>
    private static readonly HashSet<string> Keeping = new(StringComparer.Ordinal)
        { "trim", "strip", "stripLeading", "stripTrailing", "toLowerCase", "toUpperCase", "toString", "valueOf", "intern", "substring", "requireNonNull" };

    /// <summary>What a library makes of values: it may decode them, replace something in them or put them together.</summary>
    private static TaintMark[] Loosened(CallSite site, TaintMark[] marks) => Keeping.Contains(site.Name) ? marks : Unpieced(marks);

    private static bool IsSeparator(char sign) => sign is '/' or '\\' or ':';

    /// <summary>What was written to is told where that was done, and not where it is taken away again.</summary>
    private TaintMark[] NotOwn(int weakness, string name, TaintMark[] marks) =>
        (_apis.Tails >> weakness & 1) != 0 && Deleting.Contains(name) ? Array.FindAll(marks, m => (m.Cleaned & ApiIndex.Written) == 0) : marks;

    private void NoteWritten(int weakness, CallSite site, IReadOnlyList<int> places, int place)
    {
        var syntax = place == ApiMethod.Receiver ? site.ReceiverSyntax : !site.Syntax.IsDefault && place < site.Syntax.Length ? site.Syntax[place] : null;
        if (syntax is not null && (_apis.Tails >> weakness & 1) != 0 && IsWritten(site, places, place))
        {
            CleanPlace(syntax, ApiIndex.Written);
        }
    }

    private bool IsWritten(CallSite site, IReadOnlyList<int> places, int place) => site.Name switch
    {
        "new" => place == 0 && TypeOfNew(site) is { } made && Writers.Contains(made),
        "create" => place == 0 && site.ReceiverSyntax is null && site.Node is JavaCall { Target: { } type } && TypeNamed(type) is { } named && Writers.Contains(named),
        var name => places.Count > 0 && ((Writing.Contains(name) && place == places[0]) || (places.Count > 1 && Onto.Contains(name) && place == places[^1])),
    };
}
