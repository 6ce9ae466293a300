using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a table of ports, pages and default accounts.</summary>
public sealed class ServiceTableReader(FaultList faults)
{
    private static readonly (string, ServiceGroup)[] Groups =
    [
        ("ordinary", ServiceGroup.Ordinary), ("clear-text-login", ServiceGroup.ClearTextLogin), ("data-store", ServiceGroup.DataStore),
        ("cluster", ServiceGroup.Cluster), ("container", ServiceGroup.Container), ("remote-desktop", ServiceGroup.RemoteDesktop),
        ("file-share", ServiceGroup.FileShare), ("debugging", ServiceGroup.Debugging), ("console", ServiceGroup.Console),
    ];

    /// <returns>Null where the file has faults.</returns>
    public ServiceTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "services", shownAs, bytes);
        var ports = head.Each("ports", Port, required: true);
        var pages = head.Each("pages", Page);
        var accounts = head.Each("accounts", Account);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, ports.Select(p => $"{p.Port}"), "端口");
        return faults.Faults.Count > before ? null : new ServiceTable { File = file!, Ports = ports, Pages = pages, Accounts = accounts };
    }

    private static KnownPort? Port(MappingReader reader)
    {
        var port = reader.Integer("port", 1, 65535, required: true);
        var service = reader.Identifier("service", required: true, "service: redis");
        var title = reader.Text("title", required: true, "title: Redis", cap: 60);
        var group = reader.Choice("group", Groups, required: true);
        var products = reader.Texts("products");
        var isWeb = reader.Flag("web") ?? false;
        return port is null || service is null || title is null || group is null ? null : new KnownPort(port.Value, service, title, group.Value) { Products = products, IsWeb = isWeb };
    }

    private static OpenPage? Page(MappingReader reader)
    {
        var service = reader.Identifier("service", required: true, "service: kibana");
        var path = Path(reader, required: true);
        var marker = reader.Text("marker", required: true, "marker: cluster_name", cap: 100);
        var title = reader.Text("title", required: true, "title: Kibana 状态页", cap: 100);
        var control = reader.Flag("control") ?? false;
        var refusedBy = reader.Texts("refusedBy");
        return service is null || path is null || marker is null || title is null ? null : new OpenPage(service, path, marker, title, control) { RefusedBy = refusedBy };
    }

    private static DefaultAccount? Account(MappingReader reader)
    {
        var service = reader.Identifier("service", required: true, "service: mysql");
        var (user, password) = (Word(reader, "user"), Word(reader, "password"));
        var path = Path(reader, required: false);
        return service is null || user is null || password is null ? null : new DefaultAccount(service, user, password) { Path = path };
    }

    /// <summary>May be empty, and must be written.</summary>
    private static string? Word(MappingReader reader, string key)
    {
        if (reader.Take(key, required: true, "文字，可以是空的 \"\"", $"{key}: \"\"") is not { } value)
        {
            return null;
        }

        if (value is YamlScalar { Text: { Length: <= 64 } text } && text.All(c => c is >= ' ' and < '\x7f'))
        {
            return text;
        }

        reader.Faults.Add(value.At, $"{key} 不对", "不超过 64 个 ASCII 字符");
        return null;
    }

    private static string? Path(MappingReader reader, bool required)
    {
        var at = reader.PlaceOf("path");
        var path = reader.Text("path", required, "path: /", cap: 200);
        if (path is null || (path[0] == '/' && path.All(c => c is > ' ' and < '\x7f')))
        {
            return path;
        }

        reader.Faults.Add(at, "path 不对", "以 / 开头", "path: /");
        return null;
    }
}
