import * as pulumi from "@pulumi/pulumi";
import { Credential, Service, ServiceNotifications } from "pulumi-twilio-conversations";

const service = new Service("app", { friendlyName: "our app" }, { protect: true });

// What your app's devices are reached with. The secret never appears in a preview, nor in plain text in the state.
const android = new Credential("android", {
  type: "fcm",
  friendlyName: "our app on Android",
  secret: new pulumi.Config().requireSecret("fcmSecret"),
});

new ServiceNotifications("app", {
  serviceSid: service.id,
  newMessage: {
    enabled: true,
    template: "${PARTICIPANT}: ${MESSAGE}",
    badgeCountEnabled: true,
    withMedia: { enabled: true, template: "${PARTICIPANT} sent ${MEDIA_COUNT} files" },
  },
  addedToConversation: { enabled: true, template: "You are now in ${CONVERSATION}" },
  removedFromConversation: { enabled: false },
});

export const serviceSid = service.id;
// Your backend puts this into the access tokens of the app's users.
export const pushCredentialSid = android.sid;
