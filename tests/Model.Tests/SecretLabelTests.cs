namespace SmartCity.SecurityCheck.Model.Tests;

/// <summary>What is typed under such a label stands in no file of a flow in clear.</summary>
public sealed class SecretLabelTests
{
    [Theory]
    [InlineData("密码")]
    [InlineData("确认口令：")]
    [InlineData("密码 *（必填）")]
    [InlineData("密码（必填）（8位）")]
    [InlineData("登录密码 必填")]
    [InlineData("Passphrase")]
    [InlineData("User Password")]
    [InlineData("PIN")]
    public void A_label_that_calls_for_a_password(string label) => Assert.True(FlowLogin.IsSecretLabel(label));

    [Theory]
    [InlineData("密码算法")]
    [InlineData("密码产品（型号）名称")]
    [InlineData("题名")]
    [InlineData("Shipping")]
    public void A_label_of_something_else(string label) => Assert.False(FlowLogin.IsSecretLabel(label));

    [Fact]
    public void A_label_without_end_is_read_in_time_of_its_length() => Assert.False(FlowLogin.IsSecretLabel("密码" + new string(' ', 500_000) + "x"));
}
