using System.ComponentModel;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class FieldWordsTests
{
    private static readonly IReadOnlyList<FieldLabel> Labels = FieldLabel.Of(typeof(Seen));

    [Theory]
    [InlineData("weakest", "\"dated\"", "过时")]
    [InlineData("weakest", "\"unheard-of\"", "unheard-of")]
    [InlineData("cookies", """[{"name":"SESSION","secure":false}]""", "名称 SESSION  仅限加密 否")]
    [InlineData("cookies", """[{"name":"A","secure":true},{"name":"B","secure":null}]""", "名称 A  仅限加密 是；名称 B")]
    [InlineData("until", "\"2026-01-01T16:30:00Z\"", "2026-01-02 00:30:00（北京时间）")]
    [InlineData("until", "\"2026-01-01\"", "2026-01-01")]
    [InlineData("names", "[\"a\",\"b\",\"c\"]", "a、b 等 3 项")]
    [InlineData("names", "[]", "无")]
    [InlineData("names", "null", "无")]
    [InlineData("unlabelled", """{"note":"写给人看","x":1}""", "写给人看")]
    [InlineData("unlabelled", """{"x":1,"y":true}""", "(x 1，y 是)")]
    public void Values_are_said_in_the_words_of_their_labels(string field, string json, string says) =>
        Assert.Equal(says, FieldWords.Say(JsonDocument.Parse(json).RootElement, FieldWords.Find(Labels, field), "；", shown: 2));

    [Fact]
    public void A_path_leads_to_the_label_inside()
    {
        Assert.Equal("仅限加密", FieldWords.Find(Labels, "cookies.secure")!.Label);
        Assert.Null(FieldWords.Find(Labels, "cookies.none"));
        Assert.Null(FieldWords.Find(Labels, "none.secure"));
    }

    private enum Age
    {
        [Description("过时")]
        Dated,
    }

    private sealed record Cookie
    {
        [Description("名称")]
        public required string Name { get; init; }

        [Description("仅限加密")]
        public bool? Secure { get; init; }
    }

    private sealed record Seen
    {
        [Description("最弱")]
        public Age Weakest { get; init; }

        [Description("Cookie")]
        public IReadOnlyList<Cookie> Cookies { get; init; } = [];

        [Description("到期")]
        public string? Until { get; init; }

        [Description("名称")]
        public IReadOnlyList<string> Names { get; init; } = [];
    }
}
