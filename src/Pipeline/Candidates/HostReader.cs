using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads one entry of <c>hosts:</c>: an ssh address, a collector bundle, an unpacked tree or this machine; or outputs of database scripts alone.</summary>
/// <param name="faults">Where mistakes go.</param>
/// <param name="existingPath">Reads a path under a key; the last argument says whether the key must be there.</param>
/// <param name="existingPaths">Reads a list of paths under a key.</param>
internal sealed class HostReader(FaultList faults, Func<MappingReader, string, bool, string?> existingPath, Func<MappingReader, string, IReadOnlyList<string>> existingPaths)
{
    private static readonly string[] Sources = ["address", "bundle", "root", "local"];

    private static readonly string[] OfSsh = ["user", "identityFile", "knownHostsFile"];

    public Host? Read(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: app-server");
        var before = faults.Faults.Count;
        var (address, port) = Address(reader);
        var host = new Host
        {
            Id = id ?? "?",
            Title = reader.Text("title", cap: 100),
            Address = address,
            Port = port,
            Bundle = existingPath(reader, "bundle", false),
            Root = existingPath(reader, "root", false),
            Local = IsLocal(reader),
            Databases = existingPaths(reader, "databases"),
            User = UserName(reader),
            IdentityFile = existingPath(reader, "identityFile", false),
            KnownHostsFile = existingPath(reader, "knownHostsFile", false),
        };
        DemandOneSource(reader);
        return id is null || faults.Faults.Count > before ? null : host;
    }

    private (string? Address, int Port) Address(MappingReader reader)
    {
        var at = reader.Take("address", expected: "主机 或 主机:端口", example: "address: 10.0.0.5:22");
        if (at is null)
        {
            return (null, 22);
        }

        var text = (at as YamlScalar)?.Text ?? "";
        var address = EndpointAddress.TryParse(text.Contains(':', StringComparison.Ordinal) ? text : $"{text}:22", out var why);
        if (address is null || text.StartsWith('-'))
        {
            faults.Add(at.At, $"address {why}", "主机 或 主机:端口", "address: 10.0.0.5:22");
            return (null, 22);
        }

        return (address.Host, address.Port);
    }

    private bool IsLocal(MappingReader reader)
    {
        var at = reader.PlaceOf("local");
        var flag = reader.Flag("local");
        if (flag == false)
        {
            faults.Add(at, "local: false 没有意义", "local: true，或不写", "local: true");
        }

        return flag == true;
    }

    private void DemandOneSource(MappingReader reader)
    {
        var given = Sources.Where(s => reader.PlaceOf(s) != reader.At).ToList();
        if (given.Count == 0 && reader.PlaceOf("databases") != reader.At)
        {
            given.Add("databases");
        }

        if (given.Count != 1)
        {
            faults.Add(
                given.Count == 0 ? reader.At : reader.PlaceOf(given[1]),
                given.Count == 0 ? "没有说明从哪里看这台主机" : $"同时写了 {string.Join("、", given)}",
                "address（ssh）、bundle（取证包）、root（解开的目录）、local: true（本机）恰好其中之一；只交数据库脚本输出的写 databases",
                "bundle: collected/app-server.tgz");
        }
        else if (given[0] != "address" && OfSsh.FirstOrDefault(k => reader.PlaceOf(k) != reader.At) is { } useless)
        {
            faults.Add(reader.PlaceOf(useless), $"{useless} 只用于 ssh 登录，而这台主机写的是 {given[0]}", $"去掉 {useless}，或改写 address", "address: 10.0.0.5:22");
        }
    }

    /// <summary>ssh would take a name beginning with a hyphen for an option.</summary>
    private string? UserName(MappingReader reader)
    {
        var at = reader.PlaceOf("user");
        var user = reader.Text("user", cap: 64);
        if (user is null || (user[0] != '-' && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            return user;
        }

        faults.Add(at, "user 不是登录名", "字母、数字、点、下划线和连字符", "user: inspector");
        return null;
    }
}
