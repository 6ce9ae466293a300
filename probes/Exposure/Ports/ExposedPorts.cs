using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// TCP ports of a machine that can be reached from where this tool ran. One open port decides that something is open; that nothing is
/// needs every port of the kind to have been looked at.
/// </summary>
public sealed record ExposedPorts
{
    [Description("看的地址")]
    public required string Address { get; init; }

    [Description("所用工具")]
    public required string Tool { get; init; }

    /// <summary>As ranges.</summary>
    [Description("看了哪些 TCP 端口")]
    public required string LookedAt { get; init; }

    [Description("看的端口数")]
    public required int PortCount { get; init; }

    /// <summary>All of those looked at; missing where the look was cut short.</summary>
    [Description("开放的端口")]
    public Fact<IReadOnlyList<OpenPort>> Open { get; init; }

    /// <summary>From which nothing came back: a firewall may drop what it is asked.</summary>
    [Description("没有应答的端口数")]
    public Fact<int> Silent { get; init; }

    /// <summary>Declared in candidate.yaml; missing where nobody said which.</summary>
    [Description("声明开放的端口")]
    public Fact<string> Declared { get; init; }

    /// <summary>Something is open that is not declared; missing where nothing is declared, or none was seen and not every port of the rules' table was looked at to the end.</summary>
    [Description("有未声明的开放端口")]
    public Fact<bool> HasUnexpected { get; init; }

    /// <summary>Open and not declared, as far as was seen.</summary>
    [Description("未声明的开放端口")]
    public required IReadOnlyList<OpenPort> Unexpected { get; init; }

    [Description("明文登录服务")]
    public required PortGroup ClearTextLogin { get; init; }

    [Description("数据库、缓存与检索服务")]
    public required PortGroup DataStore { get; init; }

    [Description("集群与配置服务")]
    public required PortGroup Cluster { get; init; }

    [Description("容器管理接口")]
    public required PortGroup Container { get; init; }

    [Description("远程桌面")]
    public required PortGroup RemoteDesktop { get; init; }

    [Description("文件共享")]
    public required PortGroup FileShare { get; init; }

    [Description("调试接口")]
    public required PortGroup Debugging { get; init; }

    [Description("中间件管理控制台")]
    public required PortGroup Console { get; init; }
}

/// <summary>Services of one kind.</summary>
public sealed record PortGroup
{
    /// <summary>At least one is open; missing where none was seen and not all was looked at.</summary>
    [Description("有开放的")]
    public Fact<bool> IsOpen { get; init; }

    /// <summary>At least one is open that candidate.yaml does not declare; where nothing is declared, any.</summary>
    [Description("有未声明的")]
    public Fact<bool> IsUndeclared { get; init; }

    /// <summary>As far as was seen.</summary>
    [Description("开放的")]
    public required IReadOnlyList<OpenPort> Seen { get; init; }
}

/// <summary>An open port.</summary>
/// <param name="Port">1–65535.</param>
/// <param name="Service">Null where neither its number nor its answer is known.</param>
/// <param name="IsRecognised">By what it said; else by its number alone.</param>
/// <param name="Product">Null where it was not recognised.</param>
/// <param name="Version">Null where it was not recognised.</param>
/// <param name="IsDeclared">In candidate.yaml.</param>
/// <param name="Note">For people.</param>
public sealed record OpenPort(int Port, string? Service, bool IsRecognised, string? Product, string? Version, bool IsDeclared, string Note);
