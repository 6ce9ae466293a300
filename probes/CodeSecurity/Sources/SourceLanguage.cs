using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How a file of a source tree is read.</summary>
public enum SourceLanguage
{
    [Description("其他文本")]
    Other,
    [Description("Java")]
    Java,
    [Description("Kotlin")]
    Kotlin,
    [Description("C#")]
    CSharp,
    [Description("JavaScript")]
    JavaScript,
    [Description("TypeScript")]
    TypeScript,
    [Description("Vue")]
    Vue,
    [Description("Python")]
    Python,
    [Description("Go")]
    Go,
    [Description("C")]
    C,
    [Description("C++")]
    Cpp,
    [Description("PHP")]
    Php,
    [Description("HTML")]
    Html,
    [Description("JSP")]
    Jsp,
    [Description("XML")]
    Xml,
    [Description("YAML")]
    Yaml,
    [Description("properties")]
    Properties,
    [Description("JSON")]
    Json,
    [Description("TOML")]
    Toml,
    [Description("Shell")]
    Shell,
    [Description("SQL")]
    Sql,
    [Description("Gradle")]
    Gradle,
    [Description("Dockerfile")]
    Dockerfile,
    [Description("nginx 配置")]
    Nginx,

    /// <summary>Its first line names a program to run it that no rule speaks of.</summary>
    [Description("其他脚本语言")]
    Script,
}
