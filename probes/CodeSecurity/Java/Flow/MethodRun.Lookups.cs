using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls that fetch something by a key: what comes back is what was put away, not the key.</summary>
internal sealed partial class MethodRun
{
    private const string PutAway = "按键取出";

    private static readonly string[] Fetching = ["find", "get", "select", "query", "load", "list", "fetch", "search", "lookup", "retrieve", "page", "one", "obtain", "exists", "count"];

    /// <summary>With the key in the name they fetch, whoever they are called on.</summary>
    private static readonly string[] FetchingBy = ["find", "get", "select", "query", "load", "list", "fetch", "read", "search", "page"];

    /// <summary>Ends of the names of types that keep things or ask others for them.</summary>
    private static readonly string[] Keepers = ["Mapper", "Dao", "DAO", "Repository", "Repo", "Service", "Template", "Cache", "Client", "Store", "Storage", "Redis", "Dictionary", "Registry"];

    /// <summary>… that turn what they are given into something else.</summary>
    private static readonly string[] Turning = ["ObjectMapper", "JsonMapper", "XmlMapper", "YamlMapper", "BeanMapper", "DozerMapper", "MessageTemplate", "TextTemplate", "StringTemplate"];

    /// <summary>Whether it fetches something by what it is given, by its name and the types it is called on.</summary>
    private static bool IsLookup(string name, int arguments, IEnumerable<string> types)
    {
        if (arguments == 0)
        {
            return false;
        }

        return (Starts(name, FetchingBy) && NamesKey(name)) || (Starts(name, Fetching) && types.Any(IsKeeper));
    }

    /// <summary><c>By</c> before a capital letter.</summary>
    private static bool NamesKey(string name)
    {
        for (var at = name.IndexOf("By", StringComparison.Ordinal); at > 0; at = name.IndexOf("By", at + 1, StringComparison.Ordinal))
        {
            if (at + 2 == name.Length || char.IsUpper(name[at + 2]))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="type">Full name of a type, or name of a variable.</param>
    private static bool IsKeeper(string type)
    {
        var last = type.AsSpan(type.LastIndexOf('.') + 1);
        last = last.EndsWith("Impl", StringComparison.Ordinal) ? last[..^"Impl".Length] : last;
        return EndsWith(last, Keepers) && !EndsWith(last, Turning);
    }

    private static bool EndsWith(ReadOnlySpan<char> name, string[] ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names that tell what a call of a library is called on: of its type and those above it; where none is known, of the variable.</summary>
    private IEnumerable<string> CalledOn(CallSite site)
    {
        var type = site.Receiver is null ? site.Node is JavaCall { Target: { } written } ? TypeNamed(written) : null : site.Receiver.Type;
        if (type is not null)
        {
            return _program.Find(type) is { } own ? _program.NamesAbove(own).Prepend(type) : [type];
        }

        return site.ReceiverSyntax switch
        {
            JavaName variable => [variable.Name],
            JavaSelect field => [field.Name],
            _ => [],
        };
    }

    /// <summary>What lies under the key, which somebody may have put there; what hangs on the receiver may be it.</summary>
    /// <param name="site">The call.</param>
    /// <param name="receiver">Marks of what it is called on.</param>
    /// <param name="type">Full name of what comes back.</param>
    private FlowValue Fetched(CallSite site, TaintMark[] receiver, string? type)
    {
        var place = Place(site.Span);
        var origin = new ForeignOrigin(place, $"{PutAway} {site.Name}", FlowTrust.Stored);
        TaintMark[] kept = [new(origin, 0, new TaintStep(place, new StepWords($"{ForeignOrigin.Say(origin.Kind, origin.Trust)}（{UnknownLibrary}）", StepDoubt.UnknownLibrary), null))];
        return FlowValue.Marked(TaintMarks.Union(TaintMarks.Step(receiver, place, Through(site)), kept), type);
    }
}
